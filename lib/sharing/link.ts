import 'server-only'
import type { Reader } from '@/db/client'
import { readAsLink } from '@/db/client'
import { sql, within } from '@/lib/access/database'
import { now } from '@/lib/clock'
import { env } from '@/lib/env'
import { sharedLink } from '@/lib/paths'
import { codeHash, hashOf, isToken, newCode, newToken, readableCode } from './link-token'
import type { Opened } from './opened'
import { codeLetter } from './share-letter'
import { openedBy, readWay, type Way, type WayRow } from './ways'

/** The cookie of a browser that a code let in; it is sent to the address of its link alone. */
export const LINK_COOKIE = 'license-central-share'
const SESSION_SECONDS = 8 * 60 * 60

/** The attributes of the cookie of a link, for as long as its session may last. */
export const linkCookie = (token: string, session: string) => ({
  name: LINK_COOKIE,
  value: session,
  path: sharedLink(token),
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: env().APP_ORIGIN.startsWith('https:'),
  maxAge: SESSION_SECONDS,
})

/** Whether a link opens something: it is known, was not taken back, and has not ended. */
export async function linkHolds(token: string): Promise<boolean> {
  if (!isToken(token)) return false
  const [row] = await within(
    5_000,
    sql()<{ holds: boolean }[]>`select app.link_holds(${hashOf(token)}, ${now().toISOString()}) as holds`,
  )
  return row?.holds === true
}

/**
 * Reads as the recipient behind a link: `token` is of the address, `session` the value of its cookie. In the transaction
 * row-level security shows what the one share opens, and `opened` says what that is. Null where the link or the session
 * has ended: then nothing is seen.
 */
export async function asLink<T>(
  token: string,
  session: string | undefined,
  work: (reader: Reader, opened: Opened, way: Way) => Promise<T>,
): Promise<T | null> {
  if (!(isToken(token) && session && isToken(session))) return null
  const identity = { link: hashOf(token), session: hashOf(session), now: now() }
  return within(
    5_000,
    readAsLink(sql(), identity, (reader, share) => {
      const row = share as WayRow
      // Whoever comes by a link belongs to no organisation that we know of.
      return work(reader, openedBy([row]), readWay(row, ''))
    }),
  )
}

/** Whether a code let this browser in, and it still holds. */
export const isLetIn = async (token: string, session: string | undefined): Promise<boolean> =>
  (await asLink(token, session, async () => true)) === true

/** Too many attempts on one link, or from one network. */
export class TooManyTries extends Error {}

const WINDOW_SECONDS = 15 * 60
const LIMITS = { code: { link: 10, network: 50 }, open: { link: 30, network: 100 } }
// Whoever shows the demo does so from one machine.
const DEMO_FACTOR = 100

async function countTry(what: keyof typeof LIMITS, token: string, network: string): Promise<void> {
  const { link, network: near } = LIMITS[what]
  const factor = env().DEMO ? DEMO_FACTOR : 1
  const [allowed] = await within(
    5_000,
    sql()<{ link: boolean; network: boolean }[]>`
      select app.take_attempt(${`share-${what}:${hashOf(token)}`}, ${link * factor}, ${WINDOW_SECONDS}) as link,
        app.take_attempt(${`share-${what}-network:${network}`}, ${near * factor}, ${WINDOW_SECONDS}) as network`,
  )
  if (!(allowed?.link && allowed.network)) throw new TooManyTries()
}

/** Mails a new code to the address of a link; nothing tells whether there was one. Throws TooManyTries. */
export async function mailCode(token: string, network: string): Promise<void> {
  if (!isToken(token)) return
  await countTry('code', token, network)
  const code = newCode()
  const letter = JSON.stringify(codeLetter(readableCode(code), token))
  await within(
    5_000,
    sql()`select app.queue_share_code(${hashOf(token)}, ${codeHash(token, code)}, ${letter}::text::jsonb, ${now().toISOString()})`,
  )
}

/** Takes a code for a link: gives the session that it opens, null where it is not right. Throws TooManyTries. */
export async function openWithCode(token: string, code: string, network: string): Promise<string | null> {
  if (!isToken(token)) return null
  await countTry('open', token, network)
  const session = newToken()
  const [row] = await within(
    5_000,
    sql()<{ opened: boolean }[]>`
      select app.open_share(${hashOf(token)}, ${codeHash(token, code)}, ${hashOf(session)}, ${now().toISOString()}) as opened`,
  )
  return row?.opened ? session : null
}

/** How a link stands to a signed-in person: whether it was sent to their address, and its order once they have claimed it. */
export async function linkFor(
  token: string,
  { id }: { id: number },
): Promise<{ isMine: boolean; claimed: string | null }> {
  if (!isToken(token)) return { isMine: false, claimed: null }
  const [row] = await within(
    5_000,
    sql()<
      { claimed: string | null }[]
    >`select claimed from app.link_for(${hashOf(token)}, ${id}, ${now().toISOString()})`,
  )
  return { isMine: row !== undefined, claimed: row?.claimed ?? null }
}

/** Binds a share to the sign-in of its recipient; gives the number of the order, null where it is not theirs. */
export async function claimShare(token: string, { id }: { id: number }): Promise<string | null> {
  if (!isToken(token)) return null
  const [row] = await within(
    5_000,
    sql()<
      { number: string | null }[]
    >`select app.claim_share(${hashOf(token)}, ${id}, ${now().toISOString()}) as number`,
  )
  return row?.number ?? null
}
