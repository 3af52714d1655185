import 'server-only'
import { sql, within } from '@/lib/access/database'
import { SESSION_SECONDS } from './session-cookie'

const DEADLINE_MS = 5_000

/** Begins a session and gives its id. Rejects when the person is disabled or gone. */
export async function openSession(userId: number, userAgent: string | null): Promise<string> {
  const [session] = await within(
    DEADLINE_MS,
    sql()<{ id: string }[]>`
      insert into sessions (user_id, expires_at, user_agent)
      select id, now() + make_interval(secs => ${SESSION_SECONDS}), ${userAgent?.slice(0, 300) ?? null}
      from users where id = ${userId} and disabled_at is null
      returning id`,
  )
  if (!session) throw new Error('There is no such person to sign in.')
  return session.id
}

/** Ends a session; the very next request with it is refused. Ending one twice changes nothing. */
export async function endSession(sessionId: string): Promise<void> {
  await within(DEADLINE_MS, sql()`update sessions set ended_at = now() where id = ${sessionId} and ended_at is null`)
}

/** The person of a session that still runs, and when it ends at the latest; else null. */
export async function personOfSession(
  sessionId: string,
): Promise<{ id: number; email: string; name: string; expiresAt: Date } | null> {
  const [row] = await within(
    DEADLINE_MS,
    sql()<{ opened: { user: { id: number; email: string; name: string } } | null; expires_at: string }[]>`
      select app.open_session(id, null, now()) as opened, to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as expires_at
      from sessions where id = ${sessionId}`,
  )
  if (!row?.opened) return null
  const { id, email, name } = row.opened.user
  return { id, email, name, expiresAt: new Date(row.expires_at) }
}
