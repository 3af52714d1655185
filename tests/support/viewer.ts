import type { Sql } from 'postgres'
import type { Viewer } from '@/lib/access/viewer'

// What stands for `@/lib/auth` in a test: jest.mock('@/lib/auth', () => jest.requireActual('<this file>')).

let sessionId: string | null = null
let page: string | null = null

export const sessionIdFromRequest = async () => sessionId
export const pageOfRequest = async () => page

/** Makes what is asked next be asked by a page of this address; null: by none. */
export function onPage(address: string | null): void {
  page = address
}

/** Makes the person of this address the one who is signed in. */
export async function signInAs(owner: Sql, email: string): Promise<void> {
  const [session] = await owner<{ id: string }[]>`
    insert into sessions (user_id, expires_at) select id, now() + interval '1 hour' from users where email = ${email} returning id`
  sessionId = session?.id ?? null
}

/** The viewer that the person of this address is in an account, made the way a request makes it. */
export async function viewerOf(owner: Sql, email: string, domain: string): Promise<Viewer> {
  const { getViewer } = await import('@/lib/access/signed-in')
  await signInAs(owner, email)
  return getViewer(domain)
}
