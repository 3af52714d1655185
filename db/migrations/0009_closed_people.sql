-- A person whose account was closed is nobody: what hangs on the user id alone (own roles, saved views, shares that they
-- sent, roles held for a write) is as closed to them as what hangs on a role. become() leaves an address for active people only.
CREATE OR REPLACE FUNCTION app.user_id() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN current_setting('app.email', true) <> '' THEN nullif(current_setting('app.user_id', true), '')::bigint END $$;
--> statement-breakpoint
-- Definer functions that came after the first revocation, triggers of rollups, events and coverage among them.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
