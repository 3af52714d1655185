CREATE TABLE "contract_cube" (
	"smart_account_id" bigint NOT NULL,
	"virtual_account_id" bigint NOT NULL,
	"architecture" text NOT NULL,
	"country" text NOT NULL,
	"kind" text NOT NULL,
	"end_date" date NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "contract_cube_smart_account_id_virtual_account_id_architecture_country_kind_end_date_pk" PRIMARY KEY("smart_account_id","virtual_account_id","architecture","country","kind","end_date")
);
--> statement-breakpoint
CREATE TABLE "contract_skus" (
	"smart_account_id" bigint NOT NULL,
	"virtual_account_id" bigint NOT NULL,
	"number" text NOT NULL,
	"sku" text NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "contract_skus_smart_account_id_virtual_account_id_number_sku_pk" PRIMARY KEY("smart_account_id","virtual_account_id","number","sku")
);
--> statement-breakpoint
CREATE TABLE "subscription_cube" (
	"smart_account_id" bigint NOT NULL,
	"virtual_account_id" bigint NOT NULL,
	"architecture" text NOT NULL,
	"country" text NOT NULL,
	"kind" text NOT NULL,
	"end_date" date NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "subscription_cube_smart_account_id_virtual_account_id_architecture_country_kind_end_date_pk" PRIMARY KEY("smart_account_id","virtual_account_id","architecture","country","kind","end_date")
);
--> statement-breakpoint
CREATE TABLE "subscription_skus" (
	"smart_account_id" bigint NOT NULL,
	"virtual_account_id" bigint NOT NULL,
	"number" text NOT NULL,
	"sku" text NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "subscription_skus_smart_account_id_virtual_account_id_number_sku_pk" PRIMARY KEY("smart_account_id","virtual_account_id","number","sku")
);
--> statement-breakpoint
ALTER TABLE "contract_lines" DROP CONSTRAINT "contract_lines_smart_account_id_contract_id_contracts_smart_account_id_id_fk";
--> statement-breakpoint
ALTER TABLE "subscription_lines" DROP CONSTRAINT "subscription_lines_smart_account_id_subscription_id_subscriptions_smart_account_id_id_fk";
--> statement-breakpoint
DROP INDEX "contract_lines_end_date";
--> statement-breakpoint
DROP INDEX "subscription_lines_end_date";
--> statement-breakpoint
ALTER TABLE "contract_lines" ADD COLUMN "contract_number" text;
--> statement-breakpoint
ALTER TABLE "subscription_lines" ADD COLUMN "subscription_number" text;
--> statement-breakpoint
UPDATE contract_lines l SET contract_number = c.number FROM contracts c WHERE c.smart_account_id = l.smart_account_id AND c.id = l.contract_id;
--> statement-breakpoint
UPDATE subscription_lines l SET subscription_number = s.number FROM subscriptions s WHERE s.smart_account_id = l.smart_account_id AND s.id = l.subscription_id;
--> statement-breakpoint
ALTER TABLE "contract_lines" ALTER COLUMN "contract_number" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "subscription_lines" ALTER COLUMN "subscription_number" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_id_number" UNIQUE("smart_account_id","id","number");
--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_id_number" UNIQUE("smart_account_id","id","number");
--> statement-breakpoint
ALTER TABLE "contract_lines" ADD CONSTRAINT "contract_lines_contract_number" FOREIGN KEY ("smart_account_id","contract_id","contract_number") REFERENCES "public"."contracts"("smart_account_id","id","number") ON DELETE no action ON UPDATE cascade;
--> statement-breakpoint
ALTER TABLE "subscription_lines" ADD CONSTRAINT "subscription_lines_subscription_number" FOREIGN KEY ("smart_account_id","subscription_id","subscription_number") REFERENCES "public"."subscriptions"("smart_account_id","id","number") ON DELETE no action ON UPDATE cascade;
--> statement-breakpoint
-- A line that comes without the number gets it from what it is a line of.
CREATE FUNCTION app.set_contract_number() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  SELECT number INTO NEW.contract_number FROM contracts WHERE smart_account_id = NEW.smart_account_id AND id = NEW.contract_id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER contract_lines_number BEFORE INSERT ON contract_lines
  FOR EACH ROW WHEN (NEW.contract_number IS NULL) EXECUTE FUNCTION app.set_contract_number();
--> statement-breakpoint
CREATE FUNCTION app.set_subscription_number() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  SELECT number INTO NEW.subscription_number FROM subscriptions WHERE smart_account_id = NEW.smart_account_id AND id = NEW.subscription_id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER subscription_lines_number BEFORE INSERT ON subscription_lines
  FOR EACH ROW WHEN (NEW.subscription_number IS NULL) EXECUTE FUNCTION app.set_subscription_number();
--> statement-breakpoint
-- One index a sortable column, as devices have them.
DO $$ DECLARE c text; BEGIN
  FOREACH c IN ARRAY '{contract_number,service_sku,service_level,virtual_account_id,architecture,country,start_date,end_date,as_of}'::text[] LOOP
    EXECUTE format('CREATE INDEX contract_lines_by_%1$s ON contract_lines (smart_account_id, %1$I, id) INCLUDE (virtual_account_id)', c);
  END LOOP;
  FOREACH c IN ARRAY '{subscription_number,sku,description,suite,quantity,virtual_account_id,architecture,country,start_date,end_date,as_of}'::text[] LOOP
    EXECUTE format('CREATE INDEX subscription_lines_by_%1$s ON subscription_lines (smart_account_id, %1$I, id) INCLUDE (virtual_account_id)', c);
  END LOOP;
END $$;
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY '{contract_cube,subscription_cube,contract_skus,subscription_skus}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY readers ON %I FOR SELECT USING (
      smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
      OR virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[]))', t);
    EXECUTE format('GRANT SELECT ON %I TO license_central_app', t);
  END LOOP;
END $$;
--> statement-breakpoint
CALL app.create_rollup(row('contract_cube', 'contract_lines', '{architecture,country,kind,end_date}',
  '{s.architecture,s.country,s.service_level,s.end_date}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('subscription_cube', 'subscription_lines', '{architecture,country,kind,end_date}',
  '{s.architecture,s.country,"coalesce(s.suite, '''')",s.end_date}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('contract_skus', 'contract_lines', '{number,sku}', '{s.contract_number,s.service_sku}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('subscription_skus', 'subscription_lines', '{number,sku}', '{s.subscription_number,s.sku}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
DO $$ DECLARE r app.rollups; BEGIN
  FOR r IN SELECT * FROM app.rollups WHERE target IN ('contract_cube', 'subscription_cube', 'contract_skus', 'subscription_skus') LOOP
    EXECUTE app.rollup_fold(r, app.rollup_select(r, quote_ident(r.source), ''));
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
