CREATE TABLE "license_days" (
	"smart_account_id" bigint NOT NULL,
	"license_id" bigint NOT NULL,
	"day" date NOT NULL,
	"quantity" integer NOT NULL,
	"in_use" integer NOT NULL,
	"reserved" integer NOT NULL,
	CONSTRAINT "license_days_smart_account_id_license_id_day_pk" PRIMARY KEY("smart_account_id","license_id","day")
);
--> statement-breakpoint
ALTER TABLE "license_days" ADD CONSTRAINT "license_days_smart_account_id_license_id_licenses_smart_account_id_id_fk" FOREIGN KEY ("smart_account_id","license_id") REFERENCES "public"."licenses"("smart_account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE license_days ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE license_days FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON license_days TO CURRENT_USER USING (true) WITH CHECK (true);
--> statement-breakpoint
-- Seen with its license: the sub-select runs under the policy of licenses.
CREATE POLICY readers ON license_days FOR SELECT USING (EXISTS (
  SELECT FROM licenses l WHERE l.smart_account_id = license_days.smart_account_id AND l.id = license_days.license_id));
--> statement-breakpoint
GRANT SELECT ON license_days TO license_central_app;
--> statement-breakpoint
-- How many more there are of a license than are owned, by others that stand in for it; below 0 where it stands in for others.
CREATE FUNCTION app.net_substituted(substitutions jsonb) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(sum(CASE x->>'kind' WHEN 'forThis' THEN 1 ELSE -1 END * (x->>'quantity')::integer), 0)::integer
  FROM jsonb_array_elements(substitutions) x
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.net_substituted(jsonb) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.net_substituted(jsonb) TO license_central_app;
--> statement-breakpoint
ALTER TABLE "licenses" ADD COLUMN "pending" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "licenses" ADD COLUMN "substitutions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
-- Takes its index with it.
ALTER TABLE "licenses" DROP COLUMN "balance";--> statement-breakpoint
ALTER TABLE "licenses" ADD COLUMN "balance" integer GENERATED ALWAYS AS (quantity + app.net_substituted(substitutions) - in_use - reserved) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX licenses_by_balance ON licenses (smart_account_id, balance, id) INCLUDE (virtual_account_id);
--> statement-breakpoint
ALTER TABLE "devices" ADD COLUMN "license_state" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_license_state" CHECK ("devices"."license_state" in ('sufficient', 'insufficient', 'none'));--> statement-breakpoint
-- The two rollups that count it are made anew.
DO $$ DECLARE t text; e text; BEGIN
  FOREACH t IN ARRAY '{device_cube,device_coverage}'::text[] LOOP
    FOREACH e IN ARRAY '{insert,update,delete}'::text[] LOOP
      EXECUTE format('DROP TRIGGER %I ON devices', t || '_' || e);
    END LOOP;
    EXECUTE format('DROP FUNCTION app.%I()', 'fold_' || t);
    EXECUTE format('DELETE FROM %I', t);
    DELETE FROM app.rollups WHERE target = t;
  END LOOP;
END $$;
--> statement-breakpoint
-- What the licenses of a device's own Virtual Account are, of devices that are there already.
UPDATE devices d SET license_state = x.state FROM (
  SELECT u.smart_account_id, u.device_id, CASE WHEN bool_or(l.status = 'out_of_compliance') THEN 'insufficient' ELSE 'sufficient' END AS state
  FROM license_use u
  JOIN devices o ON o.smart_account_id = u.smart_account_id AND o.id = u.device_id
  JOIN licenses l ON l.smart_account_id = u.smart_account_id AND l.id = u.license_id AND l.virtual_account_id = o.virtual_account_id
  GROUP BY 1, 2) x
WHERE d.smart_account_id = x.smart_account_id AND d.id = x.device_id;
--> statement-breakpoint
ALTER TABLE "device_cube" DROP CONSTRAINT "device_cube_smart_account_id_virtual_account_id_architecture_family_country_asset_type_coverage_status_last_date_of_support_pk";--> statement-breakpoint
ALTER TABLE "device_cube" ADD COLUMN "license_state" text NOT NULL;--> statement-breakpoint
ALTER TABLE "device_cube" ADD CONSTRAINT "device_cube_smart_account_id_virtual_account_id_architecture_family_country_asset_type_coverage_status_license_state_last_date_of_support_pk" PRIMARY KEY("smart_account_id","virtual_account_id","architecture","family","country","asset_type","coverage_status","license_state","last_date_of_support");--> statement-breakpoint
ALTER TABLE "device_coverage" DROP CONSTRAINT "device_coverage_smart_account_id_virtual_account_id_architecture_country_coverage_status_pk";--> statement-breakpoint
ALTER TABLE "device_coverage" ADD COLUMN "license_state" text NOT NULL;--> statement-breakpoint
ALTER TABLE "device_coverage" ADD CONSTRAINT "device_coverage_smart_account_id_virtual_account_id_architecture_country_coverage_status_license_state_pk" PRIMARY KEY("smart_account_id","virtual_account_id","architecture","country","coverage_status","license_state");--> statement-breakpoint
CALL app.create_rollup(row('device_cube', 'devices',
  '{architecture,family,country,asset_type,coverage_status,license_state,last_date_of_support}',
  '{s.architecture,s.family,s.country,s.asset_type,s.coverage_status,s.license_state,"coalesce(s.last_date_of_support, ''-infinity'')"}', '{n}', '{1}', false)::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('device_coverage', 'devices',
  '{architecture,country,coverage_status,license_state}', '{s.architecture,s.country,s.coverage_status,s.license_state}', '{n}', '{1}', false)::app.rollups);
--> statement-breakpoint
DO $$ DECLARE r app.rollups; BEGIN
  FOR r IN SELECT * FROM app.rollups WHERE target IN ('device_cube', 'device_coverage') LOOP
    EXECUTE app.rollup_fold(r, app.rollup_select(r, 'devices', ''));
  END LOOP;
END $$;
--> statement-breakpoint
CREATE INDEX "devices_by_license_state" ON "devices" USING btree ("smart_account_id","license_state","id");
--> statement-breakpoint
-- Derives the state of these devices anew; those whose state stays are left alone.
CREATE FUNCTION app.refresh_license_states(accounts bigint[], ids bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  -- In the order of their ids, so that two writers never wait for each other in a circle.
  PERFORM 1 FROM devices d JOIN unnest(accounts, ids) t (account, id) ON d.smart_account_id = t.account AND d.id = t.id
    ORDER BY d.smart_account_id, d.id FOR UPDATE OF d;
  UPDATE devices d SET license_state = x.state FROM (
    SELECT o.smart_account_id, o.id, CASE WHEN bool_or(l.status = 'out_of_compliance') THEN 'insufficient'
        WHEN count(l.id) > 0 THEN 'sufficient' ELSE 'none' END AS state
    FROM (SELECT DISTINCT account, id FROM unnest(accounts, ids) t (account, id)) t
    JOIN devices o ON o.smart_account_id = t.account AND o.id = t.id
    LEFT JOIN license_use u ON u.smart_account_id = o.smart_account_id AND u.device_id = o.id
    LEFT JOIN licenses l ON l.smart_account_id = u.smart_account_id AND l.id = u.license_id AND l.virtual_account_id = o.virtual_account_id
    GROUP BY o.smart_account_id, o.id) x
  WHERE d.smart_account_id = x.smart_account_id AND d.id = x.id AND d.license_state <> x.state;
END $$;
--> statement-breakpoint
CREATE FUNCTION app.follow_license_use() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE accounts bigint[]; ids bigint[]; BEGIN
  IF TG_OP = 'INSERT' THEN SELECT array_agg(smart_account_id), array_agg(device_id) INTO accounts, ids FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN SELECT array_agg(smart_account_id), array_agg(device_id) INTO accounts, ids FROM old_rows;
  ELSE SELECT array_agg(smart_account_id), array_agg(device_id) INTO accounts, ids FROM (
    SELECT smart_account_id, device_id FROM new_rows UNION SELECT smart_account_id, device_id FROM old_rows) x;
  END IF;
  IF accounts IS NOT NULL THEN PERFORM app.refresh_license_states(accounts, ids); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER license_states_insert AFTER INSERT ON license_use REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.follow_license_use();
--> statement-breakpoint
CREATE TRIGGER license_states_update AFTER UPDATE ON license_use REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.follow_license_use();
--> statement-breakpoint
CREATE TRIGGER license_states_delete AFTER DELETE ON license_use REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.follow_license_use();
--> statement-breakpoint
-- A license that becomes short, or enough, or moves: the devices that use it follow.
CREATE FUNCTION app.follow_licenses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE accounts bigint[]; ids bigint[]; BEGIN
  SELECT array_agg(u.smart_account_id), array_agg(u.device_id) INTO accounts, ids
    FROM new_rows n JOIN old_rows o ON o.smart_account_id = n.smart_account_id AND o.id = n.id
      AND (o.status, o.virtual_account_id) IS DISTINCT FROM (n.status, n.virtual_account_id)
    JOIN license_use u ON u.smart_account_id = n.smart_account_id AND u.license_id = n.id;
  IF accounts IS NOT NULL THEN PERFORM app.refresh_license_states(accounts, ids); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER license_states_update AFTER UPDATE ON licenses REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.follow_licenses();
--> statement-breakpoint
-- A device that moves leaves the licenses of where it was.
CREATE FUNCTION app.follow_devices() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE accounts bigint[]; ids bigint[]; BEGIN
  SELECT array_agg(n.smart_account_id), array_agg(n.id) INTO accounts, ids
    FROM new_rows n JOIN old_rows o ON o.smart_account_id = n.smart_account_id AND o.id = n.id
      AND o.virtual_account_id IS DISTINCT FROM n.virtual_account_id;
  IF accounts IS NOT NULL THEN PERFORM app.refresh_license_states(accounts, ids); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER license_states_update AFTER UPDATE ON devices REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.follow_devices();
--> statement-breakpoint
-- The day that ends is kept as it was left, before its successor changes what is in force.
CREATE OR REPLACE FUNCTION app.turn_day(account bigint, today date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE was date; low date; high date; BEGIN
  SELECT day INTO was FROM smart_accounts WHERE id = account FOR UPDATE;
  IF was IS NULL OR was = today THEN RETURN; END IF;
  low := least(was, today) - 1; high := greatest(was, today) + 1;
  IF today > was THEN
    INSERT INTO license_days AS k (smart_account_id, license_id, day, quantity, in_use, reserved)
      SELECT smart_account_id, id, was, quantity, in_use, reserved FROM licenses WHERE smart_account_id = account
      ON CONFLICT (smart_account_id, license_id, day) DO UPDATE
        SET quantity = excluded.quantity, in_use = excluded.in_use, reserved = excluded.reserved;
  END IF;
  UPDATE smart_accounts SET day = today WHERE id = account;
  UPDATE devices d SET coverage_status = app.coverage_status(asset_type, coverage_start, coverage_end, today)
    WHERE smart_account_id = account AND (coverage_end BETWEEN low AND high OR coverage_start BETWEEN low AND high)
      AND coverage_status <> app.coverage_status(asset_type, coverage_start, coverage_end, today);
  UPDATE licenses l SET quantity = t.quantity, end_date = t.end_date,
      status = CASE WHEN l.in_use + l.reserved > t.quantity + app.net_substituted(l.substitutions) THEN 'out_of_compliance' ELSE 'in_compliance' END
    FROM (
      SELECT license_id, coalesce(sum(quantity) FILTER (WHERE in_force), 0) AS quantity, min(end_date) FILTER (WHERE in_force) AS end_date
      FROM (SELECT *, coalesce(start_date <= today, true) AND coalesce(end_date >= today, true) AS in_force FROM license_terms
        WHERE smart_account_id = account AND license_id IN (
          SELECT license_id FROM license_terms WHERE smart_account_id = account
            AND (end_date BETWEEN low AND high OR start_date BETWEEN low AND high))) x
      GROUP BY license_id) t
    WHERE l.smart_account_id = account AND l.id = t.license_id
      AND (l.quantity, l.end_date) IS DISTINCT FROM (t.quantity, t.end_date);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.fold_device_cube(), app.fold_device_coverage(), app.refresh_license_states(bigint[], bigint[]),
  app.follow_license_use(), app.follow_licenses(), app.follow_devices() FROM PUBLIC;
