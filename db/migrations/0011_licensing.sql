CREATE TABLE "license_cube" (
	"smart_account_id" bigint NOT NULL,
	"virtual_account_id" bigint NOT NULL,
	"category" text NOT NULL,
	"method" text NOT NULL,
	"type" text NOT NULL,
	"billing" text NOT NULL,
	"status" text NOT NULL,
	"end_date" date NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "license_cube_smart_account_id_virtual_account_id_category_method_type_billing_status_end_date_pk" PRIMARY KEY("smart_account_id","virtual_account_id","category","method","type","billing","status","end_date")
);
--> statement-breakpoint
DROP INDEX "licenses_name";--> statement-breakpoint
DROP INDEX "licenses_end_date";--> statement-breakpoint
ALTER TABLE "licenses" ADD COLUMN "balance" integer GENERATED ALWAYS AS (quantity - in_use - reserved) STORED NOT NULL;
--> statement-breakpoint
ALTER TABLE license_cube ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE license_cube FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON license_cube TO CURRENT_USER USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY readers ON license_cube FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[]));
--> statement-breakpoint
GRANT SELECT ON license_cube TO license_central_app;
--> statement-breakpoint
CALL app.create_rollup(row('license_cube', 'licenses', '{category,method,type,billing,status,end_date}',
  '{s.category,s.method,s.type,s.billing,s.status,"coalesce(s.end_date, ''-infinity'')"}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
-- Licenses that are there already.
DO $$ DECLARE r app.rollups; BEGIN
  SELECT * INTO STRICT r FROM app.rollups WHERE target = 'license_cube';
  EXECUTE app.rollup_fold(r, app.rollup_select(r, 'licenses', ''));
END $$;
--> statement-breakpoint
-- One index a sortable column, as for devices; licenses_virtual_account is that of the Virtual Account.
DO $$ DECLARE c text; BEGIN
  FOREACH c IN ARRAY '{name,sku,category,method,type,billing,quantity,in_use,reserved,balance,status,end_date,source,as_of}'::text[] LOOP
    EXECUTE format('CREATE INDEX licenses_by_%1$s ON licenses (smart_account_id, %1$I, id) INCLUDE (virtual_account_id)', c);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.fold_license_cube() FROM PUBLIC;
