CREATE TABLE "row_selections" (
	"smart_account_id" bigint NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" bigint NOT NULL,
	"tab" text NOT NULL,
	"search" text NOT NULL,
	"is_all" boolean NOT NULL,
	"ids" bigint[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "row_selections_smart_account_id_id_pk" PRIMARY KEY("smart_account_id","id")
);
--> statement-breakpoint
ALTER TABLE "row_selections" ADD CONSTRAINT "row_selections_smart_account_id_smart_accounts_id_fk" FOREIGN KEY ("smart_account_id") REFERENCES "public"."smart_accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "row_selections" ADD CONSTRAINT "row_selections_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "row_selections_user" ON "row_selections" USING btree ("user_id","created_at");
--> statement-breakpoint
-- What somebody chose is theirs alone, in accounts where they have a role. The rows themselves are read in their scope.
ALTER TABLE row_selections ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE row_selections FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON row_selections TO CURRENT_USER USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY own ON row_selections FOR ALL USING (
  user_id = (SELECT app.user_id()) AND smart_account_id = ANY ((SELECT app.my_member_accounts())::bigint[]));
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON row_selections TO license_central_app;
