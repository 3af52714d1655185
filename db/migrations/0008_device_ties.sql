-- What follows from the product is ordered by product before the id, as the rollup counts it.
DO $$ DECLARE c text; BEGIN
  FOREACH c IN ARRAY '{pid,architecture,family,asset_type,last_date_of_support}'::text[] LOOP
    EXECUTE format('DROP INDEX devices_by_%s', c);
    EXECUTE format('CREATE INDEX devices_by_%1$s ON devices (smart_account_id, %1$I, product_id, id) INCLUDE (virtual_account_id)', c);
  END LOOP;
END $$;
