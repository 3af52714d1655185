CREATE TABLE "view_schedules" (
	"smart_account_id" bigint NOT NULL,
	"view_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"frequency" text NOT NULL,
	"recipients" bigint[] NOT NULL,
	"skips_empty" boolean NOT NULL,
	"next_on" date NOT NULL,
	"paused" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "view_schedules_smart_account_id_view_id_user_id_pk" PRIMARY KEY("smart_account_id","view_id","user_id"),
	CONSTRAINT "view_schedules_frequency" CHECK ("view_schedules"."frequency" in ('weekly', 'monthly'))
);
--> statement-breakpoint
ALTER TABLE "view_schedules" ADD CONSTRAINT "view_schedules_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "view_schedules" ADD CONSTRAINT "view_schedules_smart_account_id_view_id_saved_views_smart_account_id_id_fk" FOREIGN KEY ("smart_account_id","view_id") REFERENCES "public"."saved_views"("smart_account_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "view_schedules_due" ON "view_schedules" USING btree ("next_on");
--> statement-breakpoint
-- To whom somebody sends a view, and when, is their own.
ALTER TABLE view_schedules ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE view_schedules FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON view_schedules TO CURRENT_USER USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY own ON view_schedules FOR ALL USING (
  user_id = (SELECT app.user_id()) AND smart_account_id = ANY ((SELECT app.my_member_accounts())::bigint[]));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON view_schedules TO license_central_app;
--> statement-breakpoint
-- What is due, for the worker, which is nobody: whose and in which account, nothing of what it says.
CREATE FUNCTION app.due_schedules(today date) RETURNS TABLE (account bigint, domain text, view_id bigint, user_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.smart_account_id, a.domain, s.view_id, s.user_id FROM view_schedules s
    JOIN smart_accounts a ON a.id = s.smart_account_id
    WHERE s.next_on <= today AND s.paused = '' ORDER BY s.next_on LIMIT 100
$$;
--> statement-breakpoint
-- Of whom the account is closed to, row security lets nothing be written: their schedule is put to rest here.
CREATE FUNCTION app.pause_schedule(account bigint, view bigint, person bigint, why text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE view_schedules SET paused = why WHERE smart_account_id = account AND view_id = view AND user_id = person
$$;
--> statement-breakpoint
-- People with a role in force, by address, for who may see the users of the account; nobody for anybody else.
CREATE FUNCTION app.colleagues(account bigint, addresses text[]) RETURNS TABLE (id bigint, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT u.id, u.email FROM users u JOIN role_assignments r ON r.user_id = u.id
    WHERE r.smart_account_id = account AND r.revoked_at IS NULL AND (r.expires_at IS NULL OR r.expires_at > app.now())
      AND u.disabled_at IS NULL AND u.email = ANY (addresses)
      AND account = ANY ((SELECT app.my_administered_accounts())::bigint[])
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.due_schedules(date), app.pause_schedule(bigint, bigint, bigint, text), app.colleagues(bigint, text[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.due_schedules(date), app.pause_schedule(bigint, bigint, bigint, text), app.colleagues(bigint, text[]) TO license_central_app;
