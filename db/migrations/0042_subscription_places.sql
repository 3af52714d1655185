-- Whether somebody sees a subscription is told by its lines: found by its number at once, not in each of their Virtual Accounts.
CREATE INDEX "subscription_skus_number" ON "subscription_skus" USING btree ("smart_account_id","number","virtual_account_id");
