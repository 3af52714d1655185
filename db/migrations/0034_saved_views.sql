-- What is shared in an account, its administrators change too; whose it is and that it is shared stays as it was.
CREATE POLICY administrators_change ON saved_views FOR UPDATE USING (
  is_shared AND smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[]))
  WITH CHECK (is_shared AND smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[]));
--> statement-breakpoint
CREATE POLICY administrators_remove ON saved_views FOR DELETE USING (
  is_shared AND smart_account_id = ANY ((SELECT app.my_administered_accounts())::bigint[]));
--> statement-breakpoint
-- A list and the palette read the views of one account.
CREATE INDEX saved_views_resource ON saved_views (smart_account_id, resource);
