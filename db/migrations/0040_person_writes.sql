-- How many transactions of a person were committed: a replica whose count is the same has all that they wrote.
CREATE TABLE "person_writes" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"writes" bigint NOT NULL
);
--> statement-breakpoint
-- One row is changed again and again: it has room to stay on its page.
ALTER TABLE person_writes SET (fillfactor = 50);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON person_writes TO license_central_app;
--> statement-breakpoint
-- As app.become(), on a replica, and only where it has what is needed: so many writes of the person, the day of the account,
-- and the log of the database up to a position. The counts are read in the snapshot that all else is read in.
CREATE FUNCTION app.become_on_replica(person bigint, at timestamptz, writes bigint, account bigint, day date, log_position pg_lsn)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  IF NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() < log_position THEN RETURN false; END IF;
  IF coalesce((SELECT w.writes FROM person_writes w WHERE w.user_id = person), 0) < writes THEN RETURN false; END IF;
  IF NOT EXISTS (SELECT FROM smart_accounts a WHERE a.id = account AND a.day = become_on_replica.day) THEN RETURN false; END IF;
  PERFORM app.become(person, at);
  RETURN true;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.become_on_replica(bigint, timestamptz, bigint, bigint, date, pg_lsn) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.become_on_replica(bigint, timestamptz, bigint, bigint, date, pg_lsn) TO license_central_app;
