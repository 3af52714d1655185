-- Who sees a product in a contract or subscription sees the agreement. The rollup of its SKUs says so for each Virtual
-- Account by its key; the lines are thousands, which had to be read for every agreement that a text was compared with.
ALTER POLICY readers ON contracts USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR EXISTS (SELECT FROM contract_skus k WHERE k.smart_account_id = contracts.smart_account_id AND k.number = contracts.number
    AND k.n <> 0 AND k.virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[])));
--> statement-breakpoint
ALTER POLICY readers ON subscriptions USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR EXISTS (SELECT FROM subscription_skus k WHERE k.smart_account_id = subscriptions.smart_account_id AND k.number = subscriptions.number
    AND k.n <> 0 AND k.virtual_account_id = ANY ((SELECT app.my_virtual_accounts())::bigint[])));
