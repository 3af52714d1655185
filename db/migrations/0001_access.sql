-- Row-level security: the second wall. The database derives what a person may see from the user id alone
-- (app.user_id, set for one transaction), so that a wrong account in an address cannot widen it.
-- Policies call the functions in sub-selects: computed once a query, not once a row.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
CREATE SCHEMA IF NOT EXISTS app;
--> statement-breakpoint
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'license_central_app') THEN
    CREATE ROLE license_central_app NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION app.user_id() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('app.user_id', true), '')::bigint $$;
--> statement-breakpoint
-- The clock of the application (it can be frozen), else the database's own.
CREATE FUNCTION app.now() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
--> statement-breakpoint
CREATE FUNCTION app.my_email() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT email FROM users WHERE id = app.user_id() AND disabled_at IS NULL $$;
--> statement-breakpoint
-- The roles of the person that are in force now.
CREATE FUNCTION app.my_roles() RETURNS SETOF role_assignments LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT r.* FROM role_assignments r JOIN users u ON u.id = r.user_id AND u.disabled_at IS NULL
  WHERE r.user_id = app.user_id() AND r.revoked_at IS NULL AND (r.expires_at IS NULL OR r.expires_at > app.now())
$$;
--> statement-breakpoint
CREATE FUNCTION app.my_support_accounts() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT s.smart_account_id), '{}') FROM support_access s
  JOIN users u ON u.id = s.user_id AND u.is_support AND u.disabled_at IS NULL
  WHERE s.user_id = app.user_id() AND s.starts_at <= app.now() AND s.ends_at > app.now()
$$;
--> statement-breakpoint
-- Accounts whose assets the person sees as a whole.
CREATE FUNCTION app.my_accounts() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT smart_account_id), '{}') || app.my_support_accounts()
  FROM app.my_roles() WHERE role IN ('sa_admin', 'sa_user', 'sa_viewer')
$$;
--> statement-breakpoint
-- Accounts in which the person has any role at all.
CREATE FUNCTION app.my_member_accounts() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT smart_account_id), '{}') || app.my_support_accounts() FROM app.my_roles()
$$;
--> statement-breakpoint
CREATE FUNCTION app.my_administered_accounts() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT smart_account_id), '{}') FROM app.my_roles() WHERE role = 'sa_admin'
$$;
--> statement-breakpoint
CREATE FUNCTION app.my_writable_accounts() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT smart_account_id), '{}') FROM app.my_roles() WHERE role IN ('sa_admin', 'sa_user')
$$;
--> statement-breakpoint
-- Virtual Accounts under the person's Virtual Account roles, nested ones where the role says so.
CREATE FUNCTION app.my_virtual_accounts_as(roles role[]) RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH RECURSIVE reach AS (
    SELECT r.smart_account_id, r.virtual_account_id AS id, r.includes_nested FROM app.my_roles() r WHERE r.role = ANY (roles)
    UNION
    SELECT v.smart_account_id, v.id, true FROM virtual_accounts v
    JOIN reach ON v.smart_account_id = reach.smart_account_id AND v.parent_id = reach.id WHERE reach.includes_nested
  )
  SELECT coalesce(array_agg(DISTINCT id), '{}') FROM reach
$$;
--> statement-breakpoint
CREATE FUNCTION app.my_virtual_accounts() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT app.my_virtual_accounts_as('{va_admin,va_user,va_viewer}') $$;
--> statement-breakpoint
CREATE FUNCTION app.my_writable_virtual_accounts() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT app.my_virtual_accounts_as('{va_admin,va_user}') $$;
--> statement-breakpoint
-- Order Based Access in force for the person's address.
CREATE FUNCTION app.my_shares() RETURNS SETOF order_shares LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT * FROM order_shares
  WHERE email = app.my_email() AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > app.now())
$$;
--> statement-breakpoint
CREATE FUNCTION app.my_orders() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(order_id), '{}') FROM (
    SELECT order_id FROM app.my_shares() UNION SELECT order_id FROM delivery_contacts WHERE email = app.my_email()) o
$$;
--> statement-breakpoint
CREATE FUNCTION app.my_order_lines() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(id), '{}') FROM (
    SELECT l.id FROM app.my_shares() s
      JOIN order_lines l ON l.smart_account_id = s.smart_account_id AND l.order_id = s.order_id WHERE s.level = 'order'
    UNION SELECT i.order_line_id FROM app.my_shares() s
      JOIN order_share_items i ON i.smart_account_id = s.smart_account_id AND i.share_id = s.id
    UNION SELECT l.id FROM delivery_contacts c
      JOIN order_lines l ON l.smart_account_id = c.smart_account_id AND l.order_id = c.order_id WHERE c.email = app.my_email()) x
$$;
--> statement-breakpoint
CREATE FUNCTION app.my_devices() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(id), '{}') FROM (
    SELECT i.device_id AS id FROM app.my_shares() s
      JOIN order_share_items i ON i.smart_account_id = s.smart_account_id AND i.share_id = s.id
      WHERE s.level = 'assets' AND i.device_id IS NOT NULL
    UNION SELECT d.id FROM app.my_shares() s
      JOIN order_share_items i ON i.smart_account_id = s.smart_account_id AND i.share_id = s.id
      JOIN devices d ON d.smart_account_id = s.smart_account_id AND d.order_line_id = i.order_line_id WHERE s.level = 'lines'
    UNION SELECT d.id FROM (
        SELECT smart_account_id, order_id FROM app.my_shares() WHERE level = 'order'
        UNION SELECT smart_account_id, order_id FROM delivery_contacts WHERE email = app.my_email()) o
      JOIN order_lines l ON l.smart_account_id = o.smart_account_id AND l.order_id = o.order_id
      JOIN devices d ON d.smart_account_id = l.smart_account_id AND d.order_line_id = l.id) x
$$;
--> statement-breakpoint
-- Every tenant table: security on, forced, and the owner (migrations, seeding, definer functions) let in by name.
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables b USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND b.table_type = 'BASE TABLE' AND (c.column_name = 'smart_account_id' OR c.table_name = 'smart_accounts')
    GROUP BY 1
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY members ON smart_accounts FOR SELECT USING (
  id = ANY ((SELECT app.my_member_accounts())::bigint[]));
--> statement-breakpoint
-- Assets and what counts them: the whole account, or one's own Virtual Accounts.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY '{licenses,paks,contract_lines,subscription_lines,device_cube,device_products,device_coverage,license_totals,contract_expirations,subscription_expirations,contract_end_days,subscription_end_days,virtual_account_tags}'::text[] LOOP
    EXECUTE format('CREATE POLICY readers ON %I FOR SELECT USING (
      smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
      OR virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[]))', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY readers ON virtual_accounts FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[]) OR id = ANY ((SELECT app.my_virtual_accounts())::bigint[]));
--> statement-breakpoint
CREATE POLICY readers ON devices FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[])
  OR id = ANY ((SELECT app.my_devices())::bigint[]));
--> statement-breakpoint
CREATE POLICY readers ON order_lines FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[])
  OR id = ANY ((SELECT app.my_order_lines())::bigint[]));
--> statement-breakpoint
CREATE POLICY readers ON orders FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR id = ANY ((SELECT app.my_orders())::bigint[])
  OR EXISTS (SELECT FROM order_lines l WHERE l.smart_account_id = orders.smart_account_id AND l.order_id = orders.id
    AND l.virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[])));
--> statement-breakpoint
CREATE POLICY readers ON contracts FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR EXISTS (SELECT FROM contract_lines l WHERE l.smart_account_id = contracts.smart_account_id AND l.contract_id = contracts.id
    AND l.virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[])));
--> statement-breakpoint
CREATE POLICY readers ON subscriptions FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR EXISTS (SELECT FROM subscription_lines l WHERE l.smart_account_id = subscriptions.smart_account_id AND l.subscription_id = subscriptions.id
    AND l.virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[])));
--> statement-breakpoint
-- What hangs on a thing is seen with it: these sub-selects run under the policies above.
CREATE POLICY readers ON license_terms FOR SELECT USING (EXISTS (
  SELECT FROM licenses l WHERE l.smart_account_id = license_terms.smart_account_id AND l.id = license_terms.license_id));
--> statement-breakpoint
CREATE POLICY readers ON license_use FOR SELECT USING (EXISTS (
  SELECT FROM licenses l WHERE l.smart_account_id = license_use.smart_account_id AND l.id = license_use.license_id));
--> statement-breakpoint
CREATE POLICY readers ON deliveries FOR SELECT USING (EXISTS (
  SELECT FROM order_lines l WHERE l.smart_account_id = deliveries.smart_account_id AND l.id = deliveries.order_line_id));
--> statement-breakpoint
CREATE POLICY readers ON documents FOR SELECT USING (EXISTS (
  SELECT FROM order_lines l WHERE l.smart_account_id = documents.smart_account_id AND l.id = documents.order_line_id));
--> statement-breakpoint
CREATE POLICY readers ON delivery_contacts FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[]) OR email = (SELECT app.my_email()));
--> statement-breakpoint
CREATE POLICY readers ON order_shares FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR email = (SELECT app.my_email()) OR sent_by = (SELECT app.user_id()));
--> statement-breakpoint
CREATE POLICY readers ON order_share_items FOR SELECT USING (EXISTS (
  SELECT FROM order_shares s WHERE s.smart_account_id = order_share_items.smart_account_id AND s.id = order_share_items.share_id));
--> statement-breakpoint
-- Who has access: one's own roles; those of the account or the Virtual Accounts that one administers.
CREATE POLICY readers ON role_assignments FOR SELECT USING (
  user_id = (SELECT app.user_id())
  OR smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[])
  OR virtual_account_id = ANY ((SELECT app.my_virtual_accounts_as('{va_admin}'))::bigint[]));
--> statement-breakpoint
CREATE POLICY readers ON support_access FOR SELECT USING (
  user_id = (SELECT app.user_id()) OR smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[]));
--> statement-breakpoint
CREATE POLICY readers ON saved_views FOR SELECT USING (
  user_id = (SELECT app.user_id()) OR (is_shared AND smart_account_id = ANY ((SELECT app.my_member_accounts())::bigint[])));
--> statement-breakpoint
CREATE POLICY readers ON account_lifecycles FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_member_accounts())::bigint[]));
--> statement-breakpoint
CREATE POLICY readers ON events FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR virtual_account_ids && (SELECT app.my_virtual_accounts())::bigint[]);
--> statement-breakpoint
CREATE POLICY readers ON change_sets FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[]) OR actor_user_id = (SELECT app.user_id())
  OR EXISTS (SELECT FROM events e WHERE e.smart_account_id = change_sets.smart_account_id AND e.change_set_id = change_sets.id));
--> statement-breakpoint
CREATE POLICY readers ON change_items FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR (subject = 'device' AND EXISTS (
    SELECT FROM devices d WHERE d.smart_account_id = change_items.smart_account_id AND d.id = change_items.subject_id)));
--> statement-breakpoint
CREATE POLICY readers ON import_runs FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[]));
--> statement-breakpoint
-- Writes. Which action needs which role is decided in lib/access; these are the outer bounds.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY '{devices,licenses,contract_lines,subscription_lines,order_lines}'::text[] LOOP
    EXECUTE format('CREATE POLICY assigners ON %I FOR UPDATE USING (
      smart_account_id = ANY ((SELECT app.my_writable_accounts())::bigint[])
      OR virtual_account_id = ANY ((SELECT app.my_writable_virtual_accounts())::bigint[]))', t);
  END LOOP;
  FOREACH t IN ARRAY '{devices,account_lifecycles}'::text[] LOOP
    EXECUTE format('CREATE POLICY importers ON %I FOR INSERT WITH CHECK (
      smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[]))', t);
  END LOOP;
  FOREACH t IN ARRAY '{account_lifecycles,import_runs}'::text[] LOOP
    EXECUTE format('CREATE POLICY importers_change ON %I FOR UPDATE USING (
      smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[]))', t);
  END LOOP;
  FOREACH t IN ARRAY '{events,change_sets,change_items,outbox}'::text[] LOOP
    EXECUTE format('CREATE POLICY members_write ON %I FOR INSERT WITH CHECK (
      smart_account_id = ANY ((SELECT app.my_member_accounts())::bigint[]))', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY importers ON import_runs FOR INSERT WITH CHECK (
  smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[]));
--> statement-breakpoint
CREATE POLICY own_changes ON saved_views FOR ALL USING (
  user_id = (SELECT app.user_id()) AND smart_account_id = ANY ((SELECT app.my_member_accounts())::bigint[]));
--> statement-breakpoint
CREATE POLICY support_opens ON support_access FOR INSERT WITH CHECK (
  user_id = (SELECT app.user_id()) AND EXISTS (SELECT FROM users u WHERE u.id = user_id AND u.is_support AND u.disabled_at IS NULL));
--> statement-breakpoint
-- Free text: ~~* is not leakproof, so under a policy no trigram index can serve it. This definer function
-- repeats the policy for the person, takes the index, and gives ids that are read again under the policy.
CREATE FUNCTION app.find_devices(account bigint, pattern text, prefix_only boolean, most integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  whole boolean := account = ANY (app.my_accounts());
  mine bigint[] := app.my_virtual_accounts();
  shared bigint[] := app.my_devices();
BEGIN
  IF prefix_only THEN
    RETURN QUERY SELECT d.id FROM devices d
      WHERE d.smart_account_id = account AND (d.serial_number LIKE pattern OR d.name LIKE lower(pattern))
        AND (whole OR d.virtual_account_id = ANY (mine) OR d.id = ANY (shared))
      LIMIT most;
  ELSE
    RETURN QUERY SELECT d.id FROM devices d
      WHERE d.smart_account_id = account AND (d.serial_number ILIKE pattern OR d.name ILIKE pattern
          OR d.contract_number ILIKE pattern OR d.sales_order_number ILIKE pattern OR d.instance_number ILIKE pattern)
        AND (whole OR d.virtual_account_id = ANY (mine) OR d.id = ANY (shared))
      LIMIT most;
  END IF;
END $$;
--> statement-breakpoint
-- Privileges of the server's role: it owns nothing, alters nothing, and never changes or deletes the log.
GRANT USAGE ON SCHEMA public, app TO license_central_app;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO license_central_app;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA public TO license_central_app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON users, user_identities, sessions, rate_limits, table_layouts, idempotency_keys, import_runs,
  devices, account_lifecycles, saved_views TO license_central_app;
--> statement-breakpoint
GRANT UPDATE ON licenses, contract_lines, subscription_lines, order_lines TO license_central_app;
--> statement-breakpoint
GRANT INSERT ON support_access, events, change_sets, change_items, outbox TO license_central_app;
--> statement-breakpoint
GRANT DELETE ON table_layouts, saved_views, rate_limits, idempotency_keys TO license_central_app;
