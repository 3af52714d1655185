-- What comes by the link of a mail: a code that is refused leaves its event, and a PAK of a line that is open in full is revealed.
--
-- Takes a code for a link. A right one is used up and begins a session, which lasts 8 hours and no longer than the share; a
-- wrong one is counted, and of a code that was tried five times nothing is right any more. The account reads that a code was
-- refused, and why; whoever typed it learns no more than that it was. Gives whether it was right.
CREATE OR REPLACE FUNCTION app.open_share(link text, code text, session text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE s order_shares; c share_codes; refused text; BEGIN
  SELECT * INTO s FROM app.linked_share(link, at);
  IF NOT FOUND THEN RETURN false; END IF;
  SELECT * INTO c FROM share_codes k WHERE k.smart_account_id = s.smart_account_id AND k.share_id = s.id FOR UPDATE;
  refused := CASE WHEN NOT FOUND THEN 'none' WHEN c.used_at IS NOT NULL THEN 'used' WHEN c.expires_at <= clock_timestamp() THEN 'expired'
    WHEN c.attempts >= 5 THEN 'void' WHEN c.code_hash <> code THEN 'wrong' END;
  IF refused IS NULL OR refused = 'wrong' THEN
    UPDATE share_codes SET attempts = attempts + 1, used_at = CASE WHEN refused IS NULL THEN now() END
      WHERE smart_account_id = s.smart_account_id AND share_id = s.id;
  END IF;
  IF refused IS NOT NULL THEN
    INSERT INTO events (smart_account_id, at, type, actor_kind, subject, subject_id, virtual_account_ids, detail)
    VALUES (s.smart_account_id, at, 'orders.share-code-refused', 'system', 'order', s.order_id,
      app.share_places(s.smart_account_id, s.id), jsonb_build_object('shareId', s.id, 'because', refused));
    RETURN false;
  END IF;
  INSERT INTO share_sessions (smart_account_id, share_id, token_hash, expires_at)
  VALUES (s.smart_account_id, s.id, session, now() + interval '8 hours');
  PERFORM app.mark_share_opened(s.smart_account_id, s.id, NULL, at);
  RETURN true;
END $$;
--> statement-breakpoint
-- Whoever a code let in reveals a PAK of a line that is open to them in full: as it is encrypted, with its event in the same
-- statement. No row where it is not open to them, an empty one where 60 were revealed to the address in this hour.
CREATE FUNCTION app.reveal_linked_pak(link text, session text, pak bigint, reason text, at timestamptz) RETURNS TABLE (encrypted bytea, key_id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE s order_shares; p paks; BEGIN
  IF app.become_link(link, session, at) IS NULL THEN RETURN; END IF;
  SELECT * INTO s FROM app.linked_share(link, at);
  SELECT x.* INTO p FROM paks x WHERE x.smart_account_id = s.smart_account_id AND x.id = pak
    AND x.order_line_id = ANY ((SELECT app.my_whole_lines())::bigint[]);
  IF NOT FOUND THEN RETURN; END IF;
  IF NOT app.take_attempt('reveal-pak:' || s.email, 60, 3600) THEN
    RETURN QUERY SELECT NULL::bytea, NULL::text;
    RETURN;
  END IF;
  INSERT INTO events (smart_account_id, at, type, actor_kind, subject, subject_id, virtual_account_ids, detail, note)
  VALUES (p.smart_account_id, at, 'paks.revealed', 'system', 'pak', p.id,
    CASE WHEN p.virtual_account_id IS NULL THEN '{}'::bigint[] ELSE ARRAY[p.virtual_account_id] END,
    jsonb_build_object('lastFour', p.last_four, 'isShared', true, 'shareId', s.id), reason);
  RETURN QUERY SELECT p.encrypted, p.key_id;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.reveal_linked_pak(text, text, bigint, text, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.reveal_linked_pak(text, text, bigint, text, timestamptz) TO license_central_app;
