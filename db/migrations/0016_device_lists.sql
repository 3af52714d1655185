-- Lists that are read in their order under the filters used most: one Virtual Account, and within it one architecture in one
-- state of coverage. Under these filters other orders find their rows here too, before they sort them.
CREATE INDEX devices_by_facets ON devices (smart_account_id, virtual_account_id, architecture, coverage_status, last_date_of_support, product_id, id);
--> statement-breakpoint
DROP INDEX devices_by_va_last_date_of_support;
--> statement-breakpoint
CREATE INDEX devices_by_va_last_date_of_support ON devices (smart_account_id, virtual_account_id, last_date_of_support, product_id, id);
