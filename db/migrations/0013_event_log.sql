CREATE TABLE "event_cube" (
	"smart_account_id" bigint NOT NULL,
	"places" text NOT NULL,
	"virtual_account_ids" bigint[] NOT NULL,
	"type" text NOT NULL,
	"actor" text NOT NULL,
	"subject" text NOT NULL,
	"day" date NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "event_cube_smart_account_id_day_type_actor_subject_places_pk" PRIMARY KEY("smart_account_id","day","type","actor","subject","places")
);
--> statement-breakpoint
DROP INDEX "events_at";--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "day" date GENERATED ALWAYS AS ((at at time zone 'UTC')::date) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "actor" text GENERATED ALWAYS AS (case when actor_kind = 'person' then coalesce(actor_user_id::text, 'person') when actor_kind = 'support' then 'support' when actor_kind = 'operator' then 'operator' else 'system' end) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "events_day" ON "events" USING btree ("smart_account_id","day","at","seq");--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("smart_account_id","actor","seq");--> statement-breakpoint
CREATE INDEX "events_change_set" ON "events" USING btree ("smart_account_id","change_set_id");--> statement-breakpoint
CREATE INDEX "events_note" ON "events" USING btree ("smart_account_id","seq") WHERE note <> '';--> statement-breakpoint
ALTER TABLE event_cube ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE event_cube FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON event_cube TO CURRENT_USER USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY readers ON event_cube FOR SELECT USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR virtual_account_ids && (SELECT app.my_virtual_accounts())::bigint[]);
--> statement-breakpoint
GRANT SELECT ON event_cube TO license_central_app;
--> statement-breakpoint
-- Events only ever come, so that one trigger keeps the rollup. The event's own trigger lets one writer an account in at a time.
CREATE FUNCTION app.fold_event_cube() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  INSERT INTO event_cube AS c (smart_account_id, places, virtual_account_ids, type, actor, subject, day, n)
  SELECT smart_account_id, md5(touched::text), touched, type, actor, subject, day, count(*) FROM (
    SELECT e.*, ARRAY(SELECT DISTINCT v FROM unnest(e.virtual_account_ids) v ORDER BY v) AS touched FROM new_rows e) x
  GROUP BY smart_account_id, touched, type, actor, subject, day
  ORDER BY smart_account_id, day, type, actor, subject, md5(touched::text)
  ON CONFLICT (smart_account_id, day, type, actor, subject, places) DO UPDATE SET n = c.n + excluded.n;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER event_cube_insert AFTER INSERT ON events REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.fold_event_cube();
--> statement-breakpoint
-- Events that are there already.
INSERT INTO event_cube (smart_account_id, places, virtual_account_ids, type, actor, subject, day, n)
  SELECT smart_account_id, md5(touched::text), touched, type, actor, subject, day, count(*) FROM (
    SELECT e.*, ARRAY(SELECT DISTINCT v FROM unnest(e.virtual_account_ids) v ORDER BY v) AS touched FROM events e) x
  GROUP BY smart_account_id, touched, type, actor, subject, day;
--> statement-breakpoint
-- What is wrong with an event, by itself and after the one before it; null where nothing is.
CREATE FUNCTION app.event_problem(e events, previous events) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN e.seq <> 1 + coalesce(previous.seq, 0) THEN 'an event before this one is missing'
    WHEN e.previous_hash IS DISTINCT FROM previous.hash THEN 'it does not follow the event before it'
    WHEN e.change_set_id IS NOT NULL AND e.items_digest IS DISTINCT FROM app.items_digest(e.smart_account_id, e.change_set_id) THEN 'the items of its change set were altered'
    WHEN e.hash IS DISTINCT FROM app.event_hash(e) THEN 'its content was altered'
  END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.broken_events() RETURNS TABLE (smart_account_id bigint, seq bigint, problem text) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (x.smart_account_id) x.smart_account_id, x.seq, x.problem FROM (
    SELECT e.smart_account_id, e.seq, app.event_problem(e, lag(e) OVER (PARTITION BY e.smart_account_id ORDER BY e.seq)) AS problem
    FROM events e) x
  WHERE x.problem IS NOT NULL ORDER BY x.smart_account_id, x.seq
$$;
--> statement-breakpoint
-- The next part of an account's chain after an event that is known to hold, for whoever sees the whole account: how far it
-- holds, and the first event that does not fit.
CREATE FUNCTION app.verify_chain(account bigint, after bigint, most integer) RETURNS TABLE (verified bigint, broken bigint, problem text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH part AS (
    SELECT e AS event FROM events e
    WHERE e.smart_account_id = account AND account = ANY (app.my_accounts()) AND e.seq >= after
    ORDER BY e.seq LIMIT most + 1),
  checked AS (
    SELECT (event).seq, app.event_problem(event, lag(event) OVER (ORDER BY (event).seq)) AS problem FROM part),
  bad AS (SELECT seq, problem FROM checked WHERE seq > after AND problem IS NOT NULL ORDER BY seq LIMIT 1)
  SELECT (SELECT coalesce(max(c.seq), after) FROM checked c WHERE c.seq < coalesce((SELECT seq FROM bad), c.seq + 1)),
    (SELECT seq FROM bad), (SELECT bad.problem FROM bad)
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.fold_event_cube(), app.event_problem(events, events), app.verify_chain(bigint, bigint, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.verify_chain(bigint, bigint, integer) TO license_central_app;
