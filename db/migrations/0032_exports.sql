-- Exports that are made as jobs: what was asked for, how far it is, and where its file is.
CREATE TABLE "exports" (
	"smart_account_id" bigint NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" bigint NOT NULL,
	"tab" text NOT NULL,
	"search" text NOT NULL,
	"format" text NOT NULL,
	"columns" text[] NOT NULL,
	"file_name" text NOT NULL,
	"filters" text NOT NULL,
	"scope_ids" bigint[],
	"status" text DEFAULT 'waiting' NOT NULL,
	"rows_expected" bigint,
	"rows_written" bigint DEFAULT 0 NOT NULL,
	"bytes" bigint,
	"run" uuid,
	"told_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "exports_smart_account_id_id_pk" PRIMARY KEY("smart_account_id","id"),
	CONSTRAINT "exports_format" CHECK ("format" in ('csv', 'xlsx', 'jsonl')),
	CONSTRAINT "exports_status" CHECK ("status" in ('waiting', 'running', 'finished', 'cancelled', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_smart_account_id_smart_accounts_id_fk" FOREIGN KEY ("smart_account_id") REFERENCES "public"."smart_accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "exports_user" ON "exports" USING btree ("smart_account_id","user_id","created_at");
--> statement-breakpoint
-- An export is for whoever asked for it, while they have a role in the account. Its rows are read in their scope.
ALTER TABLE exports ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE exports FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON exports TO CURRENT_USER USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY own ON exports FOR ALL USING (
  user_id = (SELECT app.user_id()) AND smart_account_id = ANY ((SELECT app.my_member_accounts())::bigint[]));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON exports TO license_central_app;
--> statement-breakpoint
-- What a person may do now, for work that goes on without a request of theirs: as a sign-in that exists for this call alone,
-- so that it is told by the same function as to a request (0005_sessions.sql). Null for whom is not let in.
CREATE FUNCTION app.open_person(person bigint, account_domain text, at timestamptz) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE session uuid; opened jsonb; BEGIN
  INSERT INTO sessions (user_id, expires_at) VALUES (person, now() + interval '1 minute') RETURNING id INTO session;
  opened := app.open_session(session, account_domain, at);
  DELETE FROM sessions WHERE id = session;
  RETURN opened;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.open_person(bigint, text, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.open_person(bigint, text, timestamptz) TO license_central_app;
