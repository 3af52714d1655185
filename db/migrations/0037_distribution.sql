-- A unique key of a database that is spread by Smart Account begins with the account; hashes of random tokens are unique by themselves.
DROP INDEX order_shares_token;
--> statement-breakpoint
CREATE INDEX order_shares_token ON order_shares (token_hash);
--> statement-breakpoint
DROP INDEX share_sessions_token;
--> statement-breakpoint
CREATE INDEX share_sessions_token ON share_sessions (token_hash);
