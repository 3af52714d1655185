-- Devices by kind alone: how many there are in a Virtual Account is read from four cells, not from those of all countries.
CREATE TABLE "device_kinds" (
	"smart_account_id" bigint NOT NULL,
	"virtual_account_id" bigint NOT NULL,
	"asset_type" text NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "device_kinds_smart_account_id_virtual_account_id_asset_type_pk" PRIMARY KEY("smart_account_id","virtual_account_id","asset_type")
);
--> statement-breakpoint
ALTER TABLE device_kinds ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE device_kinds FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON device_kinds TO CURRENT_USER USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY readers ON device_kinds FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[]));
--> statement-breakpoint
GRANT SELECT ON device_kinds TO license_central_app;
--> statement-breakpoint
CALL app.create_rollup(row('device_kinds', 'devices', '{asset_type}', '{s.asset_type}', '{n}', '{1}', false)::app.rollups);
--> statement-breakpoint
DO $$ DECLARE r app.rollups; BEGIN
  SELECT * INTO r FROM app.rollups WHERE target = 'device_kinds';
  EXECUTE app.rollup_fold(r, app.rollup_select(r, 'devices', ''));
END $$;
--> statement-breakpoint
CREATE INDEX orders_search ON orders USING gin (number gin_trgm_ops, web_order_number gin_trgm_ops, customer_order_number gin_trgm_ops);
--> statement-breakpoint
-- Orders by a piece of one of their numbers. Under row-level security LIKE may not go before the policy, and no index serves
-- it; here the policy of orders is asked of what the index has found.
CREATE FUNCTION app.find_orders(account bigint, pattern text, most integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  whole boolean := account = ANY (app.my_accounts());
  mine bigint[] := app.my_virtual_accounts();
  shared bigint[] := app.my_orders();
BEGIN
  RETURN QUERY SELECT o.id FROM orders o
    WHERE o.smart_account_id = account
      AND (o.number LIKE pattern OR o.web_order_number LIKE pattern OR o.customer_order_number ILIKE pattern)
      AND (whole OR o.virtual_account_ids && mine OR o.id = ANY (shared))
    LIMIT most;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.find_orders(bigint, text, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.find_orders(bigint, text, integer) TO license_central_app;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.fold_device_kinds() FROM PUBLIC;
