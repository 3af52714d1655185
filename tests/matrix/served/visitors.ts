import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import type { Sql } from 'postgres'
import { everybody, type Somebody } from '../people'

/** Somebody who comes with a cookie, or without one. `isSignedIn`: their session runs and their account is open. */
export type Visitor = { name: string; somebody: Somebody | null; cookie: string | null; isSignedIn: boolean }

const COOKIE = 'next-auth.session-token'

/**
 * Who is told from others by what lib answers alone (layer-one.test.ts). Support leaves events in what it reads, which in a
 * small account would take the numbers of events that are asked for.
 */
const NOT_HERE = ['roving-support@license-central.example', 'outside-admin@ember.example']

/** Everybody of the matrix with a session of their own, somebody without one, and sessions that are none any more. */
export async function visitorsOf(owner: Sql, secret: string): Promise<Visitor[]> {
  const cookieFor = async (userId: number, sessionId: string) =>
    `${COOKIE}=${await encode({ token: { sub: String(userId), sid: sessionId }, secret, maxAge: 3600 })}`
  const open = async (email: string, change: string) => {
    const [session] = await owner<{ id: string; user: number }[]>`
      insert into sessions (user_id, expires_at) select id, now() + interval '2 hours' from users where email = ${email}
      returning id, user_id as user`
    if (!session) throw new Error(`Nobody has the address ${email}.`)
    if (change) await owner.unsafe(`update sessions set ${change} where id = $1`, [session.id])
    return cookieFor(session.user, session.id)
  }
  const visitors: Visitor[] = [{ name: 'anonymous', somebody: null, cookie: null, isSignedIn: false }]
  for (const somebody of everybody.filter(({ email }) => !NOT_HERE.includes(email))) {
    const cookie = await open(somebody.email, '')
    visitors.push({ name: somebody.email, somebody, cookie, isSignedIn: somebody.isActive })
  }
  for (const [name, change] of [
    ['ended session', 'ended_at = now()'],
    ['session that ran out', `expires_at = now() - interval '1 minute'`],
    ['session left alone', `last_seen_at = now() - interval '2 hours'`],
  ] as const) {
    const cookie = await open('admin@aurora.example', change)
    visitors.push({ name, somebody: null, cookie, isSignedIn: false })
  }
  const [admin] = await owner<{ id: number }[]>`select id from users where email = 'admin@aurora.example'`
  const unknown = await cookieFor(admin?.id ?? 0, randomUUID())
  visitors.push({ name: 'session that never was', somebody: null, cookie: unknown, isSignedIn: false })
  visitors.push({ name: 'forged token', somebody: null, cookie: `${COOKIE}=${'x'.repeat(200)}`, isSignedIn: false })
  return visitors
}
