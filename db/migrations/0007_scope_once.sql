-- The scope of a person is derived once a transaction, not once a policy: app.become() takes the user id alone, finds all
-- that they may see, and leaves it in settings of the transaction that the policies read.
CREATE FUNCTION app.become(person bigint, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  address text; support boolean;
  accounts bigint[]; members bigint[]; administered bigint[]; writable bigint[]; supported bigint[] := '{}';
  virtuals bigint[] := '{}'; writable_virtuals bigint[] := '{}'; administered_virtuals bigint[] := '{}';
  shared_orders bigint[] := '{}'; shared_lines bigint[] := '{}'; shared_devices bigint[] := '{}';
  has_virtual_roles boolean;
BEGIN
  SELECT email, is_support INTO address, support FROM users WHERE id = person AND disabled_at IS NULL;
  SELECT array_agg(DISTINCT smart_account_id) FILTER (WHERE role IN ('sa_admin', 'sa_user', 'sa_viewer')),
      array_agg(DISTINCT smart_account_id),
      array_agg(DISTINCT smart_account_id) FILTER (WHERE role = 'sa_admin'),
      array_agg(DISTINCT smart_account_id) FILTER (WHERE role IN ('sa_admin', 'sa_user')),
      bool_or(virtual_account_id IS NOT NULL)
    INTO accounts, members, administered, writable, has_virtual_roles
    FROM role_assignments
    WHERE user_id = person AND address IS NOT NULL AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > at);
  IF support THEN
    SELECT coalesce(array_agg(DISTINCT smart_account_id), '{}') INTO supported FROM support_access
      WHERE user_id = person AND starts_at <= at AND ends_at > at;
  END IF;
  IF has_virtual_roles THEN
    WITH RECURSIVE reach AS (
      SELECT smart_account_id, virtual_account_id AS id, includes_nested, role FROM role_assignments
        WHERE user_id = person AND virtual_account_id IS NOT NULL AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > at)
      UNION
      SELECT v.smart_account_id, v.id, true, reach.role FROM virtual_accounts v
        JOIN reach ON v.smart_account_id = reach.smart_account_id AND v.parent_id = reach.id WHERE reach.includes_nested)
    SELECT array_agg(DISTINCT id), coalesce(array_agg(DISTINCT id) FILTER (WHERE role IN ('va_admin', 'va_user')), '{}'),
        coalesce(array_agg(DISTINCT id) FILTER (WHERE role = 'va_admin'), '{}')
      INTO virtuals, writable_virtuals, administered_virtuals FROM reach;
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
--> statement-breakpoint
-- What become() left; nothing when nobody became anybody.
CREATE FUNCTION app.ids(setting text) RETURNS bigint[] LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('app.' || setting, true), ''), '{}')::bigint[] $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_email() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('app.email', true), '') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_accounts() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT app.ids('accounts') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_member_accounts() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT app.ids('member_accounts') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_administered_accounts() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT app.ids('administered_accounts') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_writable_accounts() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT app.ids('writable_accounts') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_virtual_accounts() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT app.ids('virtual_accounts') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_writable_virtual_accounts() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT app.ids('writable_virtual_accounts') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_orders() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT app.ids('orders') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_order_lines() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT app.ids('order_lines') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_devices() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT app.ids('devices') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.my_virtual_accounts_as(roles role[]) RETURNS bigint[] LANGUAGE sql STABLE AS
$$ SELECT app.ids('administered_virtual_accounts') $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.become(bigint, timestamptz), app.ids(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.become(bigint, timestamptz), app.ids(text) TO license_central_app;
