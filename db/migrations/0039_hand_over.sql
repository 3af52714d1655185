-- Orders wait in a partner's holding account until their customer is known. Giving one to the customer moves its rows from one
-- account to another, which no policy allows: these two functions alone do it, and ask on both sides whether the person may.
ALTER TYPE change_kind ADD VALUE IF NOT EXISTS 'handover' BEFORE 'undo';
--> statement-breakpoint
-- Why the person cannot give this order to anybody; '' where they can.
CREATE FUNCTION app.hand_over_problem(holding bigint, shown bigint) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  given orders;
  everything boolean := holding = ANY (app.my_writable_accounts());
  mine bigint[] := app.my_writable_virtual_accounts();
  lines bigint[];
BEGIN
  SELECT o.* INTO given FROM orders o JOIN smart_accounts a ON a.id = o.smart_account_id AND a.type = 'HOLDING'
    WHERE o.smart_account_id = holding AND o.id = shown;
  SELECT array_agg(l.id) INTO lines FROM order_lines l WHERE l.smart_account_id = holding AND l.order_id = shown;
  IF given.id IS NULL OR NOT (everything OR EXISTS (SELECT FROM order_lines l WHERE l.smart_account_id = holding AND l.id = ANY (lines)
      AND l.virtual_account_id = ANY (mine))) THEN RETURN 'missing'; END IF;
  IF NOT everything AND EXISTS (SELECT FROM order_lines l WHERE l.smart_account_id = holding AND l.id = ANY (lines)
      AND NOT coalesce(l.virtual_account_id = ANY (mine), false)) THEN RETURN 'foreign'; END IF;
  IF given.kind <> 'standard' THEN RETURN given.kind; END IF;
  IF given.status NOT IN ('booked', 'on_hold')
    OR EXISTS (SELECT FROM order_lines l WHERE l.smart_account_id = holding AND l.id = ANY (lines) AND l.status NOT IN ('booked', 'on_hold'))
    OR EXISTS (SELECT FROM devices d WHERE d.smart_account_id = holding AND d.order_line_id = ANY (lines))
    OR EXISTS (SELECT FROM paks p WHERE p.smart_account_id = holding AND p.order_line_id = ANY (lines))
    OR EXISTS (SELECT FROM license_terms t WHERE t.smart_account_id = holding AND t.order_line_id = ANY (lines)) THEN RETURN 'past_booked'; END IF;
  IF EXISTS (SELECT FROM order_shares s WHERE s.smart_account_id = holding AND s.order_id = shown AND s.revoked_at IS NULL
      AND (s.expires_at IS NULL OR s.expires_at > app.now())) THEN RETURN 'shared'; END IF;
  RETURN '';
END $$;
--> statement-breakpoint
-- Moves rows of a table to another account, as they are but for `other`. Only for app.hand_over_orders().
CREATE FUNCTION app.copy_to_account(rows regclass, wanted text, ids bigint[], holding bigint, other jsonb) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
  EXECUTE format('INSERT INTO %1$s SELECT (jsonb_populate_record(null::%1$s, to_jsonb(t) || $3)).* FROM %1$s t
    WHERE t.smart_account_id = $1 AND t.%2$I = ANY ($2) ORDER BY t.id', rows, wanted) USING holding, ids, other;
END $$;
--> statement-breakpoint
-- Gives orders, each as it was seen (its version), to a Virtual Account of a customer: all of them, or none. A row for each order in
-- the way and why; no row means that it is done. Lines are locked before orders, as assignments in the account do.
CREATE FUNCTION app.hand_over_orders(holding bigint, shown bigint[], seen integer[], customer bigint, place bigint)
RETURNS TABLE (id bigint, number text, problem text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  lines bigint[]; shares bigint[]; t text;
  other jsonb := jsonb_build_object('smart_account_id', customer);
BEGIN
  PERFORM FROM order_lines l WHERE l.smart_account_id = holding AND l.order_id = ANY (shown) ORDER BY l.id FOR UPDATE;
  PERFORM FROM orders o WHERE o.smart_account_id = holding AND o.id = ANY (shown) ORDER BY o.id FOR UPDATE;
  IF NOT EXISTS (SELECT FROM virtual_accounts v JOIN smart_accounts a ON a.id = v.smart_account_id AND a.type = 'CUSTOMER'
      WHERE v.smart_account_id = customer AND v.id = place
        AND (customer = ANY (app.my_writable_accounts()) OR place = ANY (app.my_writable_virtual_accounts()))) THEN
    RETURN QUERY SELECT null::bigint, null::text, 'target'; RETURN;
  END IF;
  RETURN QUERY SELECT * FROM (
    SELECT w.id, o.number, CASE WHEN o.id IS NULL THEN 'gone' WHEN o.version <> w.version THEN 'changed'
        WHEN app.hand_over_problem(holding, w.id) <> '' THEN app.hand_over_problem(holding, w.id)
        WHEN EXISTS (SELECT FROM orders k WHERE k.smart_account_id = customer AND k.number = o.number) THEN 'known' END AS problem
    FROM unnest(shown, seen) w (id, version) LEFT JOIN orders o ON o.smart_account_id = holding AND o.id = w.id) x
    WHERE x.problem IS NOT NULL ORDER BY x.id;
  IF FOUND THEN RETURN; END IF;
  lines := ARRAY(SELECT l.id FROM order_lines l WHERE l.smart_account_id = holding AND l.order_id = ANY (shown));
  shares := ARRAY(SELECT s.id FROM order_shares s WHERE s.smart_account_id = holding AND s.order_id = ANY (shown));
  UPDATE orders o SET version = o.version + 1 WHERE o.smart_account_id = holding AND o.id = ANY (shown);
  PERFORM app.copy_to_account('orders', 'id', shown, holding, other || jsonb_build_object('virtual_account_ids', jsonb_build_array(place)));
  PERFORM app.copy_to_account('order_lines', 'order_id', shown, holding, other || jsonb_build_object('virtual_account_id', place));
  PERFORM app.copy_to_account('delivery_contacts', 'order_id', shown, holding, other);
  PERFORM app.copy_to_account('deliveries', 'order_line_id', lines, holding, other);
  PERFORM app.copy_to_account('documents', 'order_line_id', lines, holding, other);
  -- Shares that have ended go along as what was; their links open nothing any more.
  PERFORM app.copy_to_account('order_shares', 'order_id', shown, holding, other || '{"token_hash": null}');
  PERFORM app.copy_to_account('order_share_items', 'share_id', shares, holding, other);
  FOREACH t IN ARRAY '{share_codes,share_sessions,order_share_items}'::text[] LOOP
    EXECUTE format('DELETE FROM %I t WHERE t.smart_account_id = $1 AND t.share_id = ANY ($2)', t) USING holding, shares;
  END LOOP;
  FOREACH t IN ARRAY '{documents,deliveries}'::text[] LOOP
    EXECUTE format('DELETE FROM %I t WHERE t.smart_account_id = $1 AND t.order_line_id = ANY ($2)', t) USING holding, lines;
  END LOOP;
  FOREACH t IN ARRAY '{order_shares,delivery_contacts,order_lines}'::text[] LOOP
    EXECUTE format('DELETE FROM %I t WHERE t.smart_account_id = $1 AND t.order_id = ANY ($2)', t) USING holding, shown;
  END LOOP;
  DELETE FROM orders o WHERE o.smart_account_id = holding AND o.id = ANY (shown);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.hand_over_problem(bigint, bigint), app.copy_to_account(regclass, text, bigint[], bigint, jsonb),
  app.hand_over_orders(bigint, bigint[], integer[], bigint, bigint) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.hand_over_problem(bigint, bigint), app.hand_over_orders(bigint, bigint[], integer[], bigint, bigint) TO license_central_app;
