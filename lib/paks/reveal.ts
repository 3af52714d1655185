import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { paks } from '@/db/schema/licenses'
import { sql as database, within } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import { can, type Person, type Viewer } from '@/lib/access/viewer'
import { write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { env } from '@/lib/env'
import { Conflict, NotFound } from '@/lib/errors'
import { decryptPak } from '@/lib/pak'
import { hashOf, isToken } from '@/lib/sharing/link-token'

const AN_HOUR = 60
const HOUR_SECONDS = 60 * 60

const tooMany = () =>
  new Conflict(`You have revealed ${AN_HOUR} PAKs in this hour, which is the limit. Try again in the next one.`)

/**
 * A PAK in clear, for who has the permission where it is; the event says who, when and why, and nothing of the PAK but its
 * last four characters. Throws NotFound where there is none for the viewer, Conflict beyond the limit.
 */
export async function revealPak(viewer: Viewer, id: number, reason: string): Promise<string> {
  const kept = await write(viewer, { permission: 'pak.reveal' }, async (tx) => {
    const [pak] = await tx
      .select()
      .from(paks)
      .where(and(inScope(viewer, paks), eq(paks.id, id)))
    if (!pak || !can(viewer, 'pak.reveal', [pak.virtualAccountId])) throw new NotFound('There is no such PAK.')
    const [counted] = (await tx.execute(
      sql`select app.take_attempt(${`reveal-pak:${viewer.id}`}, ${AN_HOUR}, ${HOUR_SECONDS}) as "isAllowed"`,
    )) as unknown as { isAllowed: boolean }[]
    if (!counted?.isAllowed) throw tooMany()
    const { virtualAccountId, lastFour } = pak
    return {
      result: { encrypted: pak.encrypted, keyId: pak.keyId },
      events: [
        {
          ...{ type: 'paks.revealed', subject: 'pak', subjectId: id, note: reason },
          ...{ virtualAccountIds: virtualAccountId === null ? [] : [virtualAccountId], detail: { lastFour } },
        },
      ],
    }
  })
  return decryptPak(kept.encrypted, kept.keyId, id, env().PAK_KEYS)
}

type Kept = { encrypted: Buffer | null; keyId: string }

/** What the database gave of a PAK, in clear. */
function cleared(id: number, kept: Kept | undefined): string {
  if (!kept) throw new NotFound('There is no such PAK.')
  if (!kept.encrypted) throw tooMany()
  return decryptPak(kept.encrypted, kept.keyId, id, env().PAK_KEYS)
}

/** The same for a recipient, of lines that are open to them in full. */
export async function revealSharedPak(person: Pick<Person, 'id'>, id: number, reason: string): Promise<string> {
  const [kept] = await within(
    5_000,
    database()<Kept[]>`
      select encrypted, key_id as "keyId" from app.reveal_shared_pak(${person.id}, ${id}, ${reason}, ${now().toISOString()})`,
  )
  return cleared(id, kept)
}

/** The same for whoever a code let in by the link of a mail. */
export async function revealLinkedPak(
  token: string,
  session: string | undefined,
  id: number,
  reason: string,
): Promise<string> {
  if (!(isToken(token) && session && isToken(session))) throw new NotFound('There is no such PAK.')
  const [kept] = await within(
    5_000,
    database()<Kept[]>`select encrypted, key_id as "keyId"
      from app.reveal_linked_pak(${hashOf(token)}, ${hashOf(session)}, ${id}, ${reason}, ${now().toISOString()})`,
  )
  return cleared(id, kept)
}
