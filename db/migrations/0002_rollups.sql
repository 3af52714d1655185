-- Rollups kept exact by statement-level triggers. One definition makes the three triggers, the rebuild and the recount.
-- Deltas are netted and written in key order, so that two writers never wait for each other in a circle.
CREATE TABLE app.rollups (
  target text PRIMARY KEY, source text NOT NULL, keys text[] NOT NULL, key_sql text[] NOT NULL,
  measures text[] NOT NULL, measure_sql text[] NOT NULL
);
--> statement-breakpoint
-- SELECT of a rollup's rows from a relation with its source's columns, each counted for its own Virtual Account and for the whole (-1).
CREATE FUNCTION app.rollup_select(r app.rollups, relation text, sign text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('SELECT s.smart_account_id, v.id AS virtual_account_id, %s, %s FROM %s s CROSS JOIN LATERAL (VALUES (coalesce(s.virtual_account_id, 0)), (-1::bigint)) v (id)',
    (SELECT string_agg(format('(%s) AS %I', x, k), ', ' ORDER BY o) FROM unnest(r.keys, r.key_sql) WITH ORDINALITY u (k, x, o)),
    (SELECT string_agg(format('%s(%s) AS %I', sign, x, m), ', ' ORDER BY o) FROM unnest(r.measures, r.measure_sql) WITH ORDINALITY u (m, x, o)),
    relation)
$$;
--> statement-breakpoint
CREATE FUNCTION app.rollup_fold(r app.rollups, selects text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format(
    'INSERT INTO %1$I AS c (smart_account_id, virtual_account_id, %2$s, %3$s)
     SELECT smart_account_id, virtual_account_id, %2$s, %4$s FROM (%5$s) d
     GROUP BY smart_account_id, virtual_account_id, %2$s HAVING %6$s
     ORDER BY smart_account_id, virtual_account_id, %2$s
     ON CONFLICT (smart_account_id, virtual_account_id, %2$s) DO UPDATE SET %7$s',
    r.target,
    (SELECT string_agg(quote_ident(k), ', ' ORDER BY o) FROM unnest(r.keys) WITH ORDINALITY u (k, o)),
    (SELECT string_agg(quote_ident(m), ', ' ORDER BY o) FROM unnest(r.measures) WITH ORDINALITY u (m, o)),
    (SELECT string_agg(format('sum(%I)', m), ', ' ORDER BY o) FROM unnest(r.measures) WITH ORDINALITY u (m, o)),
    selects,
    (SELECT string_agg(format('sum(%I) <> 0', m), ' OR ' ORDER BY o) FROM unnest(r.measures) WITH ORDINALITY u (m, o)),
    (SELECT string_agg(format('%1$I = c.%1$I + excluded.%1$I', m), ', ' ORDER BY o) FROM unnest(r.measures) WITH ORDINALITY u (m, o)))
$$;
--> statement-breakpoint
CREATE PROCEDURE app.create_rollup(r app.rollups) LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO app.rollups SELECT (r).*;
  EXECUTE format($f$
    CREATE FUNCTION app.%1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $t$ BEGIN
      IF TG_OP = 'INSERT' THEN %2$s;
      ELSIF TG_OP = 'DELETE' THEN %3$s;
      ELSE %4$s;
      END IF;
      RETURN NULL;
    END $t$ $f$, 'fold_' || r.target,
    app.rollup_fold(r, app.rollup_select(r, 'new_rows', '')),
    app.rollup_fold(r, app.rollup_select(r, 'old_rows', '-')),
    app.rollup_fold(r, app.rollup_select(r, 'new_rows', '') || ' UNION ALL ' || app.rollup_select(r, 'old_rows', '-')));
  EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.%I()',
    r.target || '_insert', r.source, 'fold_' || r.target);
  EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.%I()',
    r.target || '_update', r.source, 'fold_' || r.target);
  EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.%I()',
    r.target || '_delete', r.source, 'fold_' || r.target);
END $$;
--> statement-breakpoint
CALL app.create_rollup(row('device_cube', 'devices',
  '{architecture,family,country,asset_type,coverage_status,last_date_of_support}',
  '{s.architecture,s.family,s.country,s.asset_type,s.coverage_status,"coalesce(s.last_date_of_support, ''-infinity'')"}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('device_products', 'devices',
  '{product_id,pid,architecture,family,asset_type,last_date_of_support}',
  '{s.product_id,s.pid,s.architecture,s.family,s.asset_type,"coalesce(s.last_date_of_support, ''-infinity'')"}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('device_coverage', 'devices',
  '{architecture,country,coverage_status}', '{s.architecture,s.country,s.coverage_status}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('license_totals', 'licenses', '{category}', '{s.category}', '{n,quantity,in_use,insufficient}',
  '{1,s.quantity,s.in_use,"(s.status = ''out_of_compliance'')::int"}')::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('contract_expirations', 'contract_lines', '{architecture,country,end_month}',
  '{s.architecture,s.country,"date_trunc(''month'', s.end_date)::date"}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('subscription_expirations', 'subscription_lines', '{architecture,country,end_month}',
  '{s.architecture,s.country,"date_trunc(''month'', s.end_date)::date"}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('contract_end_days', 'contract_lines', '{end_date}', '{s.end_date}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
CALL app.create_rollup(row('subscription_end_days', 'subscription_lines', '{end_date}', '{s.end_date}', '{n}', '{1}')::app.rollups);
--> statement-breakpoint
-- For bulk loads: with the triggers off while loading, then every rollup made anew.
CREATE PROCEDURE app.set_rollup_triggers(enabled boolean) LANGUAGE plpgsql AS $$ DECLARE r app.rollups; e text; BEGIN
  FOR r IN SELECT * FROM app.rollups ORDER BY target LOOP
    FOREACH e IN ARRAY '{insert,update,delete}'::text[] LOOP
      EXECUTE format('ALTER TABLE %I %s TRIGGER %I', r.source, CASE WHEN enabled THEN 'ENABLE' ELSE 'DISABLE' END, r.target || '_' || e);
    END LOOP;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE PROCEDURE app.rebuild_rollups() LANGUAGE plpgsql AS $$ DECLARE r app.rollups; BEGIN
  FOR r IN SELECT * FROM app.rollups ORDER BY target LOOP
    EXECUTE format('DELETE FROM %I', r.target);
    EXECUTE app.rollup_fold(r, app.rollup_select(r, quote_ident(r.source), ''));
  END LOOP;
END $$;
--> statement-breakpoint
-- How many cells of a rollup differ from a recount of its source; 0 is right.
CREATE FUNCTION app.rollup_drift() RETURNS TABLE (target text, cells bigint) LANGUAGE plpgsql AS $$ DECLARE r app.rollups; k text; m text; BEGIN
  FOR r IN SELECT * FROM app.rollups x ORDER BY x.target LOOP
    k := 'smart_account_id, virtual_account_id, ' || (SELECT string_agg(quote_ident(x), ', ' ORDER BY o) FROM unnest(r.keys) WITH ORDINALITY u (x, o));
    m := (SELECT string_agg(quote_ident(x), ', ' ORDER BY o) FROM unnest(r.measures) WITH ORDINALITY u (x, o));
    target := r.target;
    EXECUTE format('WITH truth AS (SELECT %1$s, %2$s FROM (%3$s) d GROUP BY %1$s),
        kept AS (SELECT %1$s, %4$s FROM %5$I WHERE (%4$s) IS DISTINCT FROM (%6$s))
      SELECT count(*) FROM ((SELECT * FROM truth EXCEPT SELECT * FROM kept) UNION ALL (SELECT * FROM kept EXCEPT SELECT * FROM truth)) x',
      k, (SELECT string_agg(format('sum(%I)::bigint AS %I', x, x), ', ' ORDER BY o) FROM unnest(r.measures) WITH ORDINALITY u (x, o)),
      app.rollup_select(r, quote_ident(r.source), ''), m, r.target,
      (SELECT string_agg('0', ', ') FROM unnest(r.measures))) INTO cells;
    RETURN NEXT;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON ALL PROCEDURES IN SCHEMA app FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.rollup_drift(), app.rollup_fold(app.rollups, text), app.rollup_select(app.rollups, text, text) FROM PUBLIC;
--> statement-breakpoint
-- What a device's coverage is on a day. One definition for imports, seeds and the turn of the day.
CREATE FUNCTION app.coverage_status(asset text, starts date, ends date, day date) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN ends IS NOT NULL AND ends >= day AND (starts IS NULL OR starts <= day) THEN 'covered'
    WHEN ends IS NOT NULL AND ends < day THEN 'lapsed'
    WHEN asset <> 'hardware' THEN 'not_eligible'
    ELSE 'never'
  END
$$;
--> statement-breakpoint
CREATE FUNCTION app.set_coverage_status() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  NEW.coverage_status := app.coverage_status(NEW.asset_type, NEW.coverage_start, NEW.coverage_end,
    (SELECT day FROM smart_accounts WHERE id = NEW.smart_account_id));
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER devices_coverage_status BEFORE INSERT OR UPDATE OF asset_type, coverage_start, coverage_end ON devices
  FOR EACH ROW EXECUTE FUNCTION app.set_coverage_status();
--> statement-breakpoint
-- The account's day. Statuses are stored for speed, and what depends on the calendar is derived anew by whoever comes
-- first on a new day: only rows whose dates lie between the two days are touched. No nightly job; works both ways.
CREATE FUNCTION app.turn_day(account bigint, today date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE was date; low date; high date; BEGIN
  SELECT day INTO was FROM smart_accounts WHERE id = account FOR UPDATE;
  IF was IS NULL OR was = today THEN RETURN; END IF;
  low := least(was, today) - 1; high := greatest(was, today) + 1;
  UPDATE smart_accounts SET day = today WHERE id = account;
  UPDATE devices d SET coverage_status = app.coverage_status(asset_type, coverage_start, coverage_end, today)
    WHERE smart_account_id = account AND (coverage_end BETWEEN low AND high OR coverage_start BETWEEN low AND high)
      AND coverage_status <> app.coverage_status(asset_type, coverage_start, coverage_end, today);
  UPDATE licenses l SET quantity = t.quantity, end_date = t.end_date,
      status = CASE WHEN l.in_use + l.reserved > t.quantity THEN 'out_of_compliance' ELSE 'in_compliance' END
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
REVOKE ALL ON FUNCTION app.turn_day(bigint, date) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.turn_day(bigint, date), app.coverage_status(text, date, date, date) TO license_central_app;
