-- All that a request needs to know of a person, in one round trip: the sign-in, the roles and support access in force,
-- and the Virtual Accounts of the account that the address names. Null when the sign-in has ended.
CREATE FUNCTION app.open_session(session uuid, account_domain text, at timestamptz) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE who users; seen timestamptz; BEGIN
  SELECT s.last_seen_at INTO seen FROM sessions s
    WHERE s.id = session AND s.ended_at IS NULL AND s.expires_at > now() AND s.last_seen_at > now() - interval '60 minutes';
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT u.* INTO who FROM users u JOIN sessions s ON s.user_id = u.id WHERE s.id = session AND u.disabled_at IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF seen < now() - interval '1 minute' THEN
    UPDATE sessions SET last_seen_at = now() WHERE id = session;
  END IF;
  RETURN jsonb_build_object(
    'user', jsonb_build_object('id', who.id, 'email', who.email, 'name', who.name, 'organisation', who.organisation, 'isSupport', who.is_support),
    'assignments', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'role', r.role, 'virtualAccountId', r.virtual_account_id,
        'includesNested', r.includes_nested, 'expiresAt', r.expires_at, 'accountId', a.id) ORDER BY r.id), '[]')
      FROM role_assignments r JOIN smart_accounts a ON a.id = r.smart_account_id
      WHERE r.user_id = who.id AND r.revoked_at IS NULL AND (r.expires_at IS NULL OR r.expires_at > at)),
    'support', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'accountId', s.smart_account_id, 'reason', s.reason, 'endsAt', s.ends_at) ORDER BY s.id), '[]')
      FROM support_access s WHERE who.is_support AND s.user_id = who.id AND s.starts_at <= at AND s.ends_at > at),
    'accounts', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'domain', a.domain, 'name', a.name, 'type', a.type, 'day', a.day) ORDER BY a.name), '[]')
      FROM smart_accounts a WHERE a.id IN (SELECT smart_account_id FROM role_assignments WHERE user_id = who.id
        UNION SELECT smart_account_id FROM support_access WHERE user_id = who.id)),
    'virtualAccounts', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'parentId', v.parent_id, 'name', v.name,
        'isDefault', v.is_default, 'accessLevel', v.access_level) ORDER BY v.name), '[]')
      FROM virtual_accounts v JOIN smart_accounts a ON a.id = v.smart_account_id WHERE a.domain = account_domain),
    'hasSharedOrders', EXISTS (SELECT FROM order_shares o WHERE o.email = who.email AND o.revoked_at IS NULL AND (o.expires_at IS NULL OR o.expires_at > at))
      OR EXISTS (SELECT FROM delivery_contacts c WHERE c.email = who.email));
END $$;
--> statement-breakpoint
-- Holds the person's roles in an account until the end of the transaction, so that a role taken away meanwhile
-- waits, and one already taken away is not used. Gives the roles in force.
CREATE FUNCTION app.hold_roles(account bigint) RETURNS TABLE (id bigint, role role, virtual_account_id bigint, includes_nested boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
  RETURN QUERY SELECT r.id, r.role, r.virtual_account_id, r.includes_nested FROM role_assignments r
    WHERE r.smart_account_id = account AND r.user_id = app.user_id() AND r.revoked_at IS NULL
      AND (r.expires_at IS NULL OR r.expires_at > app.now())
    ORDER BY r.id FOR SHARE;
END $$;
--> statement-breakpoint
-- Counts an attempt and says whether it is within the limit: one statement, right under concurrency.
CREATE FUNCTION app.take_attempt(limit_key text, most integer, seconds integer) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO rate_limits AS r (key, window_start, attempts)
  VALUES (limit_key, to_timestamp(floor(extract(epoch FROM now()) / seconds) * seconds), 1)
  ON CONFLICT (key, window_start) DO UPDATE SET attempts = r.attempts + 1
  RETURNING attempts <= most
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.open_session(uuid, text, timestamptz), app.hold_roles(bigint), app.take_attempt(text, integer, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.open_session(uuid, text, timestamptz), app.hold_roles(bigint), app.take_attempt(text, integer, integer) TO license_central_app;
