-- Order Based Access: given, taken back, sent anew and claimed. Each function finds by the user id alone what the person may.
ALTER TABLE "order_shares" ADD COLUMN "claimed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "order_shares" ADD COLUMN "claimed_by" bigint;--> statement-breakpoint
ALTER TABLE "order_shares" ADD CONSTRAINT "order_shares_claimed_by_users_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_shares_sent_at" ON "order_shares" USING btree ("smart_account_id","sent_at","id");--> statement-breakpoint
-- Shares of which every line is in a Virtual Account that the person administers; of all accounts.
CREATE FUNCTION app.my_administered_shares() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE mine bigint[] := app.ids('administered_virtual_accounts'); BEGIN
  IF cardinality(mine) = 0 THEN RETURN '{}'; END IF;
  RETURN (SELECT coalesce(array_agg(s.id), '{}') FROM order_shares s
    WHERE EXISTS (SELECT FROM virtual_accounts v WHERE v.smart_account_id = s.smart_account_id AND v.id = ANY (mine))
      AND NOT EXISTS (SELECT FROM order_lines l WHERE l.smart_account_id = s.smart_account_id AND l.order_id = s.order_id
        AND (s.level = 'order' OR l.id IN (SELECT i.order_line_id FROM order_share_items i WHERE i.smart_account_id = s.smart_account_id AND i.share_id = s.id))
        AND NOT coalesce(l.virtual_account_id = ANY (mine), false)));
END $$;
--> statement-breakpoint
ALTER POLICY readers ON order_shares USING (
  smart_account_id = ANY ((SELECT app.my_accounts())::bigint[])
  OR email = (SELECT app.my_email()) OR sent_by = (SELECT app.user_id())
  OR id = ANY ((SELECT app.my_administered_shares())::bigint[]));
--> statement-breakpoint
-- The Virtual Accounts of what a share opens: their people see its events.
CREATE FUNCTION app.share_places(account bigint, share bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT ARRAY(SELECT DISTINCT l.virtual_account_id FROM order_shares s
    JOIN order_lines l ON l.smart_account_id = s.smart_account_id AND l.order_id = s.order_id
    WHERE s.smart_account_id = account AND s.id = share AND l.virtual_account_id IS NOT NULL
      AND (s.level = 'order' OR l.id IN (SELECT i.order_line_id FROM order_share_items i WHERE i.smart_account_id = account AND i.share_id = share))
    ORDER BY 1)
$$;
--> statement-breakpoint
-- Why the person cannot share this: `missing` = something of it is not theirs to share or is not there, `foreign` = assets or
-- licenses of a line are in Virtual Accounts that are not theirs, so that the whole line would show more than they see.
CREATE FUNCTION app.share_problem(account bigint, shown bigint, kind text, lines bigint[], things bigint[]) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  everything boolean := account = ANY (app.my_writable_accounts());
  mine bigint[] := app.my_writable_virtual_accounts();
  wanted bigint[] := lines;
BEGIN
  IF kind = 'order' THEN
    SELECT array_agg(id) INTO wanted FROM order_lines WHERE smart_account_id = account AND order_id = shown;
  END IF;
  IF coalesce(cardinality(wanted), 0) = 0 OR cardinality(wanted) <> (SELECT count(*) FROM order_lines l
      WHERE l.smart_account_id = account AND l.order_id = shown AND l.id = ANY (wanted) AND (everything OR l.virtual_account_id = ANY (mine)))
    THEN RETURN 'missing'; END IF;
  IF kind = 'assets' THEN
    RETURN CASE WHEN cardinality(things) > 0 AND cardinality(things) = (SELECT count(*) FROM devices d
      WHERE d.smart_account_id = account AND d.id = ANY (things) AND d.order_line_id = ANY (wanted)
        AND (everything OR d.virtual_account_id = ANY (mine))) THEN '' ELSE 'missing' END;
  END IF;
  IF NOT everything AND (EXISTS (SELECT FROM devices d WHERE d.smart_account_id = account AND d.order_line_id = ANY (wanted)
        AND NOT coalesce(d.virtual_account_id = ANY (mine), false))
      OR EXISTS (SELECT FROM license_terms t JOIN licenses l ON l.smart_account_id = t.smart_account_id AND l.id = t.license_id
        WHERE t.smart_account_id = account AND t.order_line_id = ANY (wanted) AND NOT coalesce(l.virtual_account_id = ANY (mine), false)))
    THEN RETURN 'foreign'; END IF;
  RETURN '';
END $$;
--> statement-breakpoint
-- Shares something of an order with one address; null where the person may not.
CREATE FUNCTION app.send_share(account bigint, shown bigint, kind text, lines bigint[], things bigint[], address text,
  own_number text, words text, link text, until timestamptz, at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE made bigint; BEGIN
  IF app.share_problem(account, shown, kind, lines, things) <> '' THEN RETURN NULL; END IF;
  INSERT INTO order_shares (smart_account_id, order_id, email, level, customer_order_number, note, token_hash, sent_by, sent_at, expires_at)
  VALUES (account, shown, address, kind::share_level, own_number, words, link, app.user_id(), at, until) RETURNING id INTO made;
  IF kind = 'lines' THEN
    INSERT INTO order_share_items (smart_account_id, share_id, order_line_id) SELECT account, made, l FROM unnest(lines) l;
  ELSIF kind = 'assets' THEN
    INSERT INTO order_share_items (smart_account_id, share_id, order_line_id, device_id)
    SELECT account, made, d.order_line_id, d.id FROM devices d WHERE d.smart_account_id = account AND d.id = ANY (things) ORDER BY d.id;
  END IF;
  RETURN made;
END $$;
--> statement-breakpoint
-- Which of these shares the person may take back or send anew: all as an administrator of the account, those inside of
-- their Virtual Accounts as an administrator of those, and what they sent themselves while they may still share.
CREATE FUNCTION app.shares_in_hand(account bigint, ids bigint[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id FROM order_shares s WHERE s.smart_account_id = account AND s.id = ANY (ids)
    AND (account = ANY ((SELECT app.my_administered_accounts())::bigint[])
      OR s.id = ANY ((SELECT app.my_administered_shares())::bigint[])
      OR (s.sent_by = (SELECT app.user_id()) AND (account = ANY ((SELECT app.my_writable_accounts())::bigint[])
        OR EXISTS (SELECT FROM virtual_accounts v WHERE v.smart_account_id = account AND v.id = ANY ((SELECT app.my_writable_virtual_accounts())::bigint[])))))
$$;
--> statement-breakpoint
CREATE FUNCTION app.revoke_shares(account bigint, ids bigint[], at timestamptz)
RETURNS TABLE (id bigint, order_id bigint, places bigint[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
BEGIN
  PERFORM FROM order_shares s WHERE s.smart_account_id = account AND s.id = ANY (ids) ORDER BY s.id FOR UPDATE;
  RETURN QUERY UPDATE order_shares s SET revoked_at = at, revoked_by = app.user_id()
    WHERE s.smart_account_id = account AND s.revoked_at IS NULL AND s.id IN (SELECT app.shares_in_hand(account, ids))
    RETURNING s.id, s.order_id, app.share_places(account, s.id);
END $$;
--> statement-breakpoint
-- Gives a share in force another link in place of the one it had; no row where there is none in the person's hand.
CREATE FUNCTION app.renew_share(account bigint, share bigint, link text, at timestamptz)
RETURNS TABLE (id bigint, order_id bigint, number text, email text, level text, customer_order_number text, note text, expires_at timestamptz, places bigint[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY UPDATE order_shares s SET token_hash = link FROM orders o
    WHERE s.smart_account_id = account AND o.smart_account_id = account AND o.id = s.order_id AND s.revoked_at IS NULL
      AND (s.expires_at IS NULL OR s.expires_at > at) AND s.id IN (SELECT app.shares_in_hand(account, ARRAY[share]))
    RETURNING s.id, s.order_id, o.number, s.email, s.level::text, s.customer_order_number, s.note, s.expires_at, app.share_places(account, s.id);
END $$;
--> statement-breakpoint
-- Whether a link opens something.
CREATE FUNCTION app.link_holds(link text, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM app.linked_share(link, at))
$$;
--> statement-breakpoint
-- Keeps a new code for a link and queues its mail, both or neither; it goes to the address of the share and nowhere else.
CREATE FUNCTION app.queue_share_code(link text, code text, letter jsonb, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO outbox (smart_account_id, kind, recipient, payload, about, about_id, useful_until)
  SELECT k.account, 'share-code', k.address, letter, 'share_code', k.share, clock_timestamp() + interval '10 minutes'
  FROM app.keep_share_code(link, code, at) k;
END $$;
--> statement-breakpoint
-- Binds a share to the sign-in of a person with the same address, once; gives the number of its order, null where it is not theirs.
CREATE FUNCTION app.claim_share(link text, person bigint, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE s order_shares; BEGIN
  SELECT x.* INTO s FROM app.linked_share(link, at) x JOIN users u ON u.email = x.email WHERE u.id = person AND u.disabled_at IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE order_shares SET claimed_at = at, claimed_by = person WHERE smart_account_id = s.smart_account_id AND id = s.id AND claimed_at IS NULL;
  IF FOUND THEN
    INSERT INTO events (smart_account_id, at, type, actor_kind, actor_user_id, subject, subject_id, virtual_account_ids, detail)
    VALUES (s.smart_account_id, at, 'orders.share-claimed', 'person', person, 'order', s.order_id,
      app.share_places(s.smart_account_id, s.id), jsonb_build_object('shareId', s.id));
  END IF;
  RETURN (SELECT number FROM orders WHERE smart_account_id = s.smart_account_id AND id = s.order_id);
END $$;
--> statement-breakpoint
-- How a link stands to a signed-in person: `isMine` = it was sent to their address; the number once they have claimed it.
CREATE FUNCTION app.link_for(link text, person bigint, at timestamptz) RETURNS TABLE (mine boolean, claimed text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT true, CASE WHEN s.claimed_by = person THEN (SELECT o.number FROM orders o WHERE o.smart_account_id = s.smart_account_id AND o.id = s.order_id) END
  FROM app.linked_share(link, at) s JOIN users u ON u.email = s.email WHERE u.id = person AND u.disabled_at IS NULL
$$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.my_administered_shares(), app.share_places(bigint, bigint),
  app.share_problem(bigint, bigint, text, bigint[], bigint[]),
  app.send_share(bigint, bigint, text, bigint[], bigint[], text, text, text, text, timestamptz, timestamptz),
  app.shares_in_hand(bigint, bigint[]), app.revoke_shares(bigint, bigint[], timestamptz),
  app.renew_share(bigint, bigint, text, timestamptz), app.link_holds(text, timestamptz),
  app.queue_share_code(text, text, jsonb, timestamptz), app.claim_share(text, bigint, timestamptz),
  app.link_for(text, bigint, timestamptz) TO license_central_app;
