-- One index a sortable column, each from the tenant to (key, id), which makes the order total. The Virtual Account rides along,
-- so that a page far inside is found in the index alone, under the policy too.
DO $$ DECLARE c text; BEGIN
  FOREACH c IN ARRAY '{name,serial_number,pid,description,family,architecture,asset_type,virtual_account_id,instance_number,parent_instance_number,software_version,site_name,city,country,contract_number,service_level,coverage_status,coverage_start,coverage_end,warranty_type,warranty_end,sales_order_number,customer_order_number,ship_date,end_of_sale,end_of_sw_maintenance,end_of_security_support,end_of_contract_renewal,last_date_of_support,as_of}'::text[] LOOP
    EXECUTE format('CREATE INDEX devices_by_%1$s ON devices (smart_account_id, %1$I, id) INCLUDE (virtual_account_id)', c);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE INDEX devices_by_va_last_date_of_support ON devices (smart_account_id, virtual_account_id, last_date_of_support, id);
--> statement-breakpoint
CREATE INDEX devices_by_product ON devices (smart_account_id, product_id, last_date_of_support, id) INCLUDE (virtual_account_id);
--> statement-breakpoint
-- Rare combinations of facets. Without the tenant: with it a rare combination would read the whole account's posting list.
CREATE INDEX devices_facets ON devices USING gin (virtual_account_id, country, family, asset_type, coverage_status, architecture);
--> statement-breakpoint
CREATE INDEX devices_search ON devices USING gin (serial_number gin_trgm_ops, name gin_trgm_ops, contract_number gin_trgm_ops,
  sales_order_number gin_trgm_ops, instance_number gin_trgm_ops);
--> statement-breakpoint
-- One and two characters: beginnings only.
CREATE INDEX devices_serial_prefix ON devices (smart_account_id, serial_number text_pattern_ops);
--> statement-breakpoint
CREATE INDEX devices_name_prefix ON devices (smart_account_id, name text_pattern_ops);
