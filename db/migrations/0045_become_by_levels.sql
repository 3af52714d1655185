-- As before, in less than half the time for whoever has roles in Virtual Accounts: roles are asked for once, and what is
-- nested is walked level by level, as a recursive query takes longer to begin than to run.
CREATE OR REPLACE FUNCTION app.become(person bigint, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  address text; support boolean;
  accounts bigint[]; members bigint[]; administered bigint[]; writable bigint[]; supported bigint[] := '{}';
  virtuals bigint[] := '{}'; writable_virtuals bigint[] := '{}'; administered_virtuals bigint[] := '{}';
  shared_orders bigint[] := '{}'; shared_lines bigint[] := '{}'; shared_devices bigint[] := '{}';
  held record; nested bigint[]; reached bigint[];
BEGIN
  SELECT email, is_support INTO address, support FROM users WHERE id = person AND disabled_at IS NULL;
  FOR held IN SELECT r.role, r.smart_account_id AS account, array_agg(r.virtual_account_id) AS virtuals,
      array_agg(r.virtual_account_id) FILTER (WHERE r.includes_nested) AS nesting
    FROM app.roles_in_force(person, at) r WHERE address IS NOT NULL GROUP BY 1, 2
  LOOP
    members := members || held.account;
    IF held.role IN ('sa_admin', 'sa_user', 'sa_viewer') THEN accounts := accounts || held.account; END IF;
    IF held.role = 'sa_admin' THEN administered := administered || held.account; END IF;
    IF held.role IN ('sa_admin', 'sa_user') THEN writable := writable || held.account; END IF;
    CONTINUE WHEN held.role NOT IN ('va_admin', 'va_user', 'va_viewer');
    reached := held.virtuals;
    nested := held.nesting;
    WHILE nested IS NOT NULL LOOP
      SELECT array_agg(v.id) INTO nested FROM virtual_accounts v
        WHERE v.smart_account_id = held.account AND v.parent_id = ANY (nested);
      reached := reached || nested;
    END LOOP;
    virtuals := virtuals || reached;
    IF held.role IN ('va_admin', 'va_user') THEN writable_virtuals := writable_virtuals || reached; END IF;
    IF held.role = 'va_admin' THEN administered_virtuals := administered_virtuals || reached; END IF;
  END LOOP;
  IF support THEN
    SELECT coalesce(array_agg(DISTINCT smart_account_id), '{}') INTO supported FROM support_access
      WHERE user_id = person AND starts_at <= at AND ends_at > at;
  END IF;
  IF EXISTS (SELECT FROM order_shares WHERE email = address) OR EXISTS (SELECT FROM delivery_contacts WHERE email = address) THEN
    -- Order Based Access in force, and orders that name the person as eDelivery contact.
    WITH share AS (SELECT * FROM order_shares WHERE email = address AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > at)),
      whole AS (SELECT smart_account_id, order_id FROM share WHERE level = 'order'
        UNION SELECT smart_account_id, order_id FROM delivery_contacts WHERE email = address),
      item AS (SELECT i.*, s.level FROM share s JOIN order_share_items i ON i.smart_account_id = s.smart_account_id AND i.share_id = s.id),
      line AS (SELECT l.smart_account_id, l.id, true AS is_whole FROM whole w JOIN order_lines l ON l.smart_account_id = w.smart_account_id AND l.order_id = w.order_id
        UNION SELECT smart_account_id, order_line_id, level = 'lines' FROM item)
    SELECT (SELECT coalesce(array_agg(order_id), '{}') FROM (SELECT order_id FROM share UNION SELECT order_id FROM whole) o),
        (SELECT coalesce(array_agg(DISTINCT id), '{}') FROM line),
        (SELECT coalesce(array_agg(id), '{}') FROM (
          SELECT device_id AS id FROM item WHERE level = 'assets' AND device_id IS NOT NULL
          UNION SELECT d.id FROM line l JOIN devices d ON d.smart_account_id = l.smart_account_id AND d.order_line_id = l.id WHERE l.is_whole) d)
      INTO shared_orders, shared_lines, shared_devices;
  END IF;
  PERFORM set_config('app.user_id', coalesce(person::text, ''), true), set_config('app.now', at::text, true),
    set_config('app.email', coalesce(address, ''), true),
    set_config('app.accounts', (coalesce(accounts, '{}') || supported)::text, true),
    set_config('app.member_accounts', (coalesce(members, '{}') || supported)::text, true),
    set_config('app.administered_accounts', coalesce(administered, '{}')::text, true),
    set_config('app.writable_accounts', coalesce(writable, '{}')::text, true),
    set_config('app.virtual_accounts', virtuals::text, true),
    set_config('app.writable_virtual_accounts', writable_virtuals::text, true),
    set_config('app.administered_virtual_accounts', administered_virtuals::text, true),
    set_config('app.orders', shared_orders::text, true), set_config('app.order_lines', shared_lines::text, true),
    set_config('app.devices', shared_devices::text, true);
END $$;
