-- What recipients of Order Based Access download: its event, and when each share was first downloaded from. The lines of
-- documents must be open in full to whoever downloads, and terms need one such line; else nothing is written and nothing sent.
CREATE FUNCTION app.write_shared_download(account bigint, shown bigint, document_ids bigint[], terms_ids bigint[], shares bigint[], is_later boolean, at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  person bigint := app.user_id(); whole bigint[] := app.my_whole_lines(); lines bigint[]; places bigint[]; told jsonb; used bigint[];
BEGIN
  SELECT array_agg(DISTINCT l.id), array_agg(DISTINCT l.virtual_account_id) FILTER (WHERE l.virtual_account_id IS NOT NULL) INTO lines, places
    FROM order_lines l LEFT JOIN documents d ON d.smart_account_id = l.smart_account_id AND d.order_line_id = l.id
    WHERE l.smart_account_id = account AND l.order_id = shown AND l.id = ANY (whole)
      AND (d.id = ANY (document_ids) OR document_ids = '{}');
  IF lines IS NULL OR (SELECT count(*) FROM documents d WHERE d.smart_account_id = account AND d.id = ANY (document_ids) AND d.order_line_id = ANY (lines)) <> cardinality(document_ids) THEN
    RETURN false;
  END IF;
  SELECT array_agg(s.id ORDER BY s.id) INTO used FROM order_shares s
    WHERE s.smart_account_id = account AND s.order_id = shown AND s.id = ANY (shares)
      AND (s.level = 'order' OR s.level = 'lines' AND EXISTS (SELECT FROM order_share_items i
        WHERE i.smart_account_id = account AND i.share_id = s.id AND i.order_line_id = ANY (lines)));
  told := jsonb_build_object('documentIds', document_ids, 'termsIds', terms_ids)
    || CASE WHEN used IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('shareId', used[1]) END;
  UPDATE order_shares SET downloaded_at = at WHERE smart_account_id = account AND id = ANY (used) AND downloaded_at IS NULL;
  IF is_later AND EXISTS (SELECT FROM events e WHERE e.smart_account_id = account AND e.subject = 'order' AND e.subject_id = shown
      AND e.type = 'documents.downloaded' AND e.actor_user_id IS NOT DISTINCT FROM person AND e.at > write_shared_download.at - interval '1 day' AND e.detail = told) THEN
    RETURN true;
  END IF;
  INSERT INTO events (smart_account_id, at, type, actor_kind, actor_user_id, subject, subject_id, virtual_account_ids, detail)
  VALUES (account, at, 'documents.downloaded', CASE WHEN person IS NULL THEN 'system' ELSE 'person' END::actor_kind, person, 'order', shown,
    coalesce(places, '{}'), told);
  RETURN true;
END $$;
--> statement-breakpoint
-- A person downloads in the User View.
CREATE FUNCTION app.note_shared_download(person bigint, account bigint, shown bigint, document_ids bigint[], terms_ids bigint[], is_later boolean, at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM app.become(person, at);
  RETURN app.write_shared_download(account, shown, document_ids, terms_ids, ARRAY(SELECT id FROM app.my_shares()), is_later, at);
END $$;
--> statement-breakpoint
-- Whoever a code let in downloads by the link of a mail.
CREATE FUNCTION app.note_linked_download(link text, session text, document_ids bigint[], terms_ids bigint[], is_later boolean, at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE s order_shares; BEGIN
  IF app.become_link(link, session, at) IS NULL THEN RETURN false; END IF;
  SELECT * INTO s FROM app.linked_share(link, at);
  RETURN app.write_shared_download(s.smart_account_id, s.order_id, document_ids, terms_ids, ARRAY[s.id], is_later, at);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.write_shared_download(bigint, bigint, bigint[], bigint[], bigint[], boolean, timestamptz),
  app.note_shared_download(bigint, bigint, bigint, bigint[], bigint[], boolean, timestamptz),
  app.note_linked_download(text, text, bigint[], bigint[], boolean, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.note_shared_download(bigint, bigint, bigint, bigint[], bigint[], boolean, timestamptz),
  app.note_linked_download(text, text, bigint[], bigint[], boolean, timestamptz) TO license_central_app;
