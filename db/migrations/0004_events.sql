-- The Event Log: numbered without gaps and chained per account in one place, the trigger; nothing is ever changed or deleted.
CREATE FUNCTION app.items_digest(account bigint, change_set bigint) RETURNS bytea LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT sha256(convert_to(coalesce(string_agg(jsonb_build_array(position, subject, subject_id, before, after)::text, E'\n' ORDER BY position), ''), 'UTF8'))
  FROM change_items WHERE smart_account_id = account AND change_set_id = change_set
$$;
--> statement-breakpoint
-- What the hash covers, as canonical text (jsonb sorts its keys). The instant is written in UTC, to the microsecond.
CREATE FUNCTION app.event_hash(e events) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(coalesce(e.previous_hash, ''::bytea) || convert_to(jsonb_build_object(
    'account', e.smart_account_id, 'seq', e.seq, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    'type', e.type, 'actorKind', e.actor_kind, 'actorUserId', e.actor_user_id, 'onBehalfOf', e.on_behalf_of,
    'changeSetId', e.change_set_id, 'subject', e.subject, 'subjectId', e.subject_id,
    'virtualAccountIds', to_jsonb(e.virtual_account_ids), 'detail', e.detail, 'note', e.note,
    'items', encode(e.items_digest, 'hex'))::text, 'UTF8'))
$$;
--> statement-breakpoint
CREATE FUNCTION app.chain_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE last record; BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('events'), NEW.smart_account_id::int);
  SELECT seq, hash INTO last FROM events WHERE smart_account_id = NEW.smart_account_id ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.previous_hash := last.hash;
  NEW.items_digest := CASE WHEN NEW.change_set_id IS NOT NULL THEN app.items_digest(NEW.smart_account_id, NEW.change_set_id) END;
  NEW.hash := app.event_hash(NEW);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER events_chain BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION app.chain_event();
--> statement-breakpoint
CREATE FUNCTION app.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
--> statement-breakpoint
CREATE TRIGGER change_items_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON change_items FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
--> statement-breakpoint
CREATE TRIGGER change_sets_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON change_sets FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
--> statement-breakpoint
-- The first event of each account whose place, predecessor, items or hash do not fit; no row means that all chains hold.
CREATE FUNCTION app.broken_events() RETURNS TABLE (smart_account_id bigint, seq bigint, problem text) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (x.smart_account_id) x.smart_account_id, x.seq, x.problem FROM (
    SELECT e.smart_account_id, e.seq, CASE
      WHEN e.seq <> 1 + coalesce(lag(e.seq) OVER w, 0) THEN 'an event before this one is missing'
      WHEN e.previous_hash IS DISTINCT FROM lag(e.hash) OVER w THEN 'it does not follow the event before it'
      WHEN e.change_set_id IS NOT NULL AND e.items_digest IS DISTINCT FROM app.items_digest(e.smart_account_id, e.change_set_id) THEN 'the items of its change set were altered'
      WHEN e.hash IS DISTINCT FROM app.event_hash(e) THEN 'its content was altered'
    END AS problem
    FROM events e WINDOW w AS (PARTITION BY e.smart_account_id ORDER BY e.seq)) x
  WHERE x.problem IS NOT NULL ORDER BY x.smart_account_id, x.seq
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.items_digest(bigint, bigint), app.event_hash(events), app.broken_events() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.items_digest(bigint, bigint), app.event_hash(events) TO license_central_app;
--> statement-breakpoint
-- The server checks at start that no migration is pending.
GRANT USAGE ON SCHEMA drizzle TO license_central_app;
--> statement-breakpoint
GRANT SELECT ON drizzle.__drizzle_migrations TO license_central_app;
