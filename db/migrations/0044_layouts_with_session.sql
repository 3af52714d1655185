-- As before, with how the person laid out their tables: a list knows its columns before it has asked for anything.
CREATE OR REPLACE FUNCTION app.open_session(session uuid, account_domain text, at timestamptz) RETURNS jsonb
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
        'includesNested', r.includes_nested, 'expiresAt', r.expires_at, 'accountId', r.smart_account_id, 'group', g.name) ORDER BY g.name NULLS FIRST, r.id), '[]')
      FROM app.roles_in_force(who.id, at) r LEFT JOIN user_groups g ON g.smart_account_id = r.smart_account_id AND g.id = r.group_id),
    'support', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'accountId', s.smart_account_id, 'reason', s.reason, 'endsAt', s.ends_at) ORDER BY s.id), '[]')
      FROM support_access s WHERE who.is_support AND s.user_id = who.id AND s.starts_at <= at AND s.ends_at > at),
    'accounts', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'domain', a.domain, 'name', a.name, 'type', a.type, 'day', a.day) ORDER BY a.name), '[]')
      FROM smart_accounts a WHERE a.id IN (SELECT smart_account_id FROM role_assignments WHERE user_id = who.id
        UNION SELECT smart_account_id FROM user_group_members WHERE user_id = who.id
        UNION SELECT smart_account_id FROM support_access WHERE user_id = who.id)),
    'virtualAccounts', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'parentId', v.parent_id, 'name', v.name,
        'isDefault', v.is_default, 'accessLevel', v.access_level) ORDER BY v.name), '[]')
      FROM virtual_accounts v JOIN smart_accounts a ON a.id = v.smart_account_id WHERE a.domain = account_domain),
    'views', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'resource', v.resource, 'name', v.name, 'query', v.query,
        'layout', v.layout, 'isShared', v.is_shared, 'isDefault', v.is_default, 'userId', v.user_id) ORDER BY lower(v.name), v.id), '[]')
      FROM (SELECT s.* FROM saved_views s JOIN smart_accounts a ON a.id = s.smart_account_id
        WHERE a.domain = account_domain AND (s.user_id = who.id OR s.is_shared) ORDER BY lower(s.name), s.id LIMIT 500) v),
    'layouts', (SELECT coalesce(jsonb_object_agg(l.resource, l.layout), '{}') FROM table_layouts l WHERE l.user_id = who.id),
    'hasSharedOrders', EXISTS (SELECT FROM order_shares o WHERE o.email = who.email AND o.revoked_at IS NULL AND (o.expires_at IS NULL OR o.expires_at > at))
      OR EXISTS (SELECT FROM delivery_contacts c WHERE c.email = who.email));
END $$;
