import { encode } from 'next-auth/jwt'
import type { Sql } from 'postgres'

/** The cookie of somebody who has just signed in. `secret` is the server's NEXTAUTH_SECRET. */
export async function signIn(owner: Sql, email: string, secret: string): Promise<string> {
  const [session] = await owner<{ id: string; person: string }[]>`
    insert into sessions (user_id, expires_at) select id, now() + interval '4 hours' from users where email = ${email}
    returning id, user_id as person`
  if (!session) throw new Error(`Nobody has the address ${email}.`)
  const token = await encode({ token: { sub: session.person, sid: session.id }, secret, maxAge: 4 * 3600 })
  return `next-auth.session-token=${token}`
}
