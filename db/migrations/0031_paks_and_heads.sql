-- PAKs of lines that are opened in full to whoever reads: a recipient sees the last four characters, and no other PAK.
CREATE FUNCTION app.opened_paks(account bigint, lines bigint[]) RETURNS TABLE (id bigint, last_four text, state pak_state)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.id, p.last_four, p.state FROM paks p
  WHERE p.smart_account_id = account AND p.order_line_id = ANY (lines) AND p.order_line_id = ANY ((SELECT app.my_whole_lines())::bigint[])
$$;
--> statement-breakpoint
-- A recipient reveals one: as it is encrypted, with its event in the same statement. No row where it is not open to them, an
-- empty one where they have revealed 60 in this hour.
CREATE FUNCTION app.reveal_shared_pak(person bigint, pak bigint, reason text, at timestamptz) RETURNS TABLE (encrypted bytea, key_id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE p paks; BEGIN
  PERFORM app.become(person, at);
  SELECT x.* INTO p FROM paks x WHERE x.id = pak AND x.order_line_id = ANY ((SELECT app.my_whole_lines())::bigint[]);
  IF NOT FOUND THEN RETURN; END IF;
  IF NOT app.take_attempt('reveal-pak:' || person, 60, 3600) THEN
    RETURN QUERY SELECT NULL::bytea, NULL::text;
    RETURN;
  END IF;
  INSERT INTO events (smart_account_id, at, type, actor_kind, actor_user_id, subject, subject_id, virtual_account_ids, detail, note)
  VALUES (p.smart_account_id, at, 'paks.revealed', 'person', person, 'pak', p.id,
    CASE WHEN p.virtual_account_id IS NULL THEN '{}'::bigint[] ELSE ARRAY[p.virtual_account_id] END,
    jsonb_build_object('lastFour', p.last_four, 'isShared', true), reason);
  RETURN QUERY SELECT p.encrypted, p.key_id;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.opened_paks(bigint, bigint[]), app.reveal_shared_pak(bigint, bigint, text, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.opened_paks(bigint, bigint[]), app.reveal_shared_pak(bigint, bigint, text, timestamptz) TO license_central_app;
--> statement-breakpoint
-- What the hash of an event covers, as canonical text: an export carries it, so that a chain is verified without a database.
CREATE FUNCTION app.event_text(e events) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'account', e.smart_account_id, 'seq', e.seq, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    'type', e.type, 'actorKind', e.actor_kind, 'actorUserId', e.actor_user_id, 'onBehalfOf', e.on_behalf_of,
    'changeSetId', e.change_set_id, 'subject', e.subject, 'subjectId', e.subject_id,
    'virtualAccountIds', to_jsonb(e.virtual_account_ids), 'detail', e.detail, 'note', e.note,
    'items', encode(e.items_digest, 'hex'))::text
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app.event_hash(e events) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(coalesce(e.previous_hash, ''::bytea) || convert_to(app.event_text(e), 'UTF8'))
$$;
--> statement-breakpoint
-- The end of every chain, for what is written outside of the database: a number and a hash of each account, nothing of its events.
CREATE FUNCTION app.chain_heads() RETURNS TABLE (account bigint, seq bigint, hash text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.id, e.seq, encode(e.hash, 'hex') FROM smart_accounts a
  CROSS JOIN LATERAL (SELECT x.seq, x.hash FROM events x WHERE x.smart_account_id = a.id ORDER BY x.seq DESC LIMIT 1) e
  ORDER BY a.id
$$;
--> statement-breakpoint
-- Which database this is: made once, with it, so that what is written outside is found again for this one alone.
DO $$ BEGIN
  EXECUTE format('CREATE FUNCTION app.installation() RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT %L::text $f$', gen_random_uuid());
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.event_text(events), app.chain_heads(), app.installation() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.event_text(events), app.chain_heads(), app.installation() TO license_central_app;
