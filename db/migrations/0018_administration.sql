-- Who gives, changes and takes roles: the administrators of the account; those of a Virtual Account there, where the account allows it.
DO $$ DECLARE may text := $p$
  smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[])
  OR (virtual_account_id = ANY ((SELECT app.my_virtual_accounts_as('{va_admin}'))::bigint[])
    AND EXISTS (SELECT FROM smart_accounts a WHERE a.id = role_assignments.smart_account_id AND a.virtual_admins_manage_users))$p$;
BEGIN
  EXECUTE format('CREATE POLICY givers ON role_assignments FOR INSERT WITH CHECK (%s)', may);
  EXECUTE format('CREATE POLICY givers_change ON role_assignments FOR UPDATE USING (%s)', may);
END $$;
--> statement-breakpoint
-- Virtual Accounts: the account's administrators; those of a Virtual Account what is nested in theirs.
DO $$ DECLARE may text := $p$
  smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[])
  OR parent_id = ANY ((SELECT app.my_virtual_accounts_as('{va_admin}'))::bigint[])$p$;
BEGIN
  EXECUTE format('CREATE POLICY planners ON virtual_accounts FOR INSERT WITH CHECK (%s)', may);
  EXECUTE format('CREATE POLICY planners_change ON virtual_accounts FOR UPDATE USING (%s)', may);
END $$;
--> statement-breakpoint
DO $$ DECLARE may text := $p$
  smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[])
  OR virtual_account_id = ANY ((SELECT app.my_virtual_accounts_as('{va_admin}'))::bigint[])$p$;
BEGIN
  EXECUTE format('CREATE POLICY planners ON virtual_account_tags FOR INSERT WITH CHECK (%s)', may);
  EXECUTE format('CREATE POLICY planners_remove ON virtual_account_tags FOR DELETE USING (%s)', may);
END $$;
--> statement-breakpoint
-- A PAK goes with all else that is in its Virtual Account.
CREATE POLICY assigners ON paks FOR UPDATE USING (
  smart_account_id = ANY ((SELECT app.my_writable_accounts())::bigint[])
  OR virtual_account_id = ANY ((SELECT app.my_writable_virtual_accounts())::bigint[]));
--> statement-breakpoint
GRANT INSERT, UPDATE ON role_assignments, virtual_accounts TO license_central_app;
--> statement-breakpoint
GRANT INSERT, DELETE ON virtual_account_tags TO license_central_app;
--> statement-breakpoint
GRANT UPDATE ON paks TO license_central_app;
--> statement-breakpoint
-- New roles and Virtual Accounts get their ids first: their maker may not see them before the scope is asked for again.
GRANT USAGE ON SEQUENCE role_assignments_id_seq, virtual_accounts_id_seq TO license_central_app;
--> statement-breakpoint
-- Whoever changes roles or the tree of an account does it alone, and asks for their own scope only when it is their turn: of two
-- who take each other's role away one finds theirs gone, and neither waits for the other in a circle.
CREATE FUNCTION app.hold_account(account bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  PERFORM FROM smart_accounts WHERE id = account FOR NO KEY UPDATE;
  PERFORM app.become(app.user_id(), app.now());
END $$;
--> statement-breakpoint
-- An account keeps an administrator without an end date, whoever writes: looked at when the transaction ends, one after the other.
CREATE FUNCTION app.keep_administrator() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  PERFORM FROM smart_accounts WHERE id = OLD.smart_account_id FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM role_assignments r JOIN users u ON u.id = r.user_id AND u.disabled_at IS NULL
      WHERE r.smart_account_id = OLD.smart_account_id AND r.role = 'sa_admin' AND r.revoked_at IS NULL AND r.expires_at IS NULL) THEN
    RAISE EXCEPTION 'the last administrator of an account stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'role_assignments_last_administrator';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER role_assignments_keep_administrator AFTER UPDATE OR DELETE ON role_assignments
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.role = 'sa_admin' AND OLD.revoked_at IS NULL AND OLD.expires_at IS NULL) EXECUTE FUNCTION app.keep_administrator();
--> statement-breakpoint
-- A Virtual Account is never nested in itself, by however many moves at once.
CREATE FUNCTION app.keep_tree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  PERFORM FROM smart_accounts WHERE id = NEW.smart_account_id FOR NO KEY UPDATE;
  IF EXISTS (
    WITH RECURSIVE up AS (
      SELECT NEW.parent_id AS id
      UNION SELECT v.parent_id FROM virtual_accounts v JOIN up ON v.smart_account_id = NEW.smart_account_id AND v.id = up.id
        WHERE v.parent_id IS NOT NULL)
    SELECT FROM up WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'a Virtual Account cannot be nested in itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'virtual_accounts_tree';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER virtual_accounts_keep_tree AFTER UPDATE OF parent_id ON virtual_accounts
  FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION app.keep_tree();
--> statement-breakpoint
-- Takes an empty Virtual Account away, with the roles that were given in it; what was given stays in the Event Log. Anything
-- that is still in it, or nested in it, holds it by its foreign key.
CREATE FUNCTION app.drop_virtual_account(account bigint, place bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  IF NOT EXISTS (SELECT FROM virtual_accounts v WHERE v.smart_account_id = account AND v.id = place AND NOT v.is_default
      AND (account = ANY (app.my_administered_accounts()) OR v.parent_id = ANY (app.my_virtual_accounts_as('{va_admin}')))) THEN
    RAISE EXCEPTION 'no such Virtual Account to take away' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM role_assignments WHERE smart_account_id = account AND virtual_account_id = place;
  DELETE FROM virtual_accounts WHERE smart_account_id = account AND id = place;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.hold_account(bigint), app.keep_administrator(), app.keep_tree(), app.drop_virtual_account(bigint, bigint) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.hold_account(bigint), app.drop_virtual_account(bigint, bigint) TO license_central_app;
