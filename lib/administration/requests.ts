import 'server-only'
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Reader, Writer } from '@/db/client'
import { users } from '@/db/schema/people'
import { accessRequests as q } from '@/db/schema/requests'
import { asUser } from '@/lib/access/database'
import type { Role } from '@/lib/access/roles'
import { can, type Viewer } from '@/lib/access/viewer'
import { isDelegated, managedPlaces } from './queries'
import type { RequestState } from './request-schema'
import { isOutside } from './rules'

/** A request as an approver sees it. */
export type Request = {
  id: number
  userId: number
  name: string
  email: string
  organisation: string
  isOutside: boolean
  role: Role
  /** As it was written. */
  places: string
  /** The Virtual Accounts that the names are of. */
  virtualAccountIds: number[]
  reason: string
  state: RequestState
  requestedAt: Date
  decidedAt: Date | null
  answer: string
}

const MOST = 100

/** Requests that are the viewer's to decide: of the account, or for Virtual Accounts of their own where the account says so. */
async function decidable(reader: Pick<Reader, 'select'>, viewer: Viewer): Promise<SQL> {
  const account = eq(q.smartAccountId, viewer.account.id)
  if (can(viewer, 'requests.approve', [null])) return sql`${account}`
  if (!(await isDelegated(reader, viewer))) return sql`false`
  const own = `{${managedPlaces(viewer).join(',')}}`
  return sql`${and(account, sql`${q.virtualAccountIds} <> '{}' and ${q.virtualAccountIds} <@ ${own}::bigint[]`)}`
}

async function select(reader: Pick<Reader, 'select'>, viewer: Viewer, more?: SQL): Promise<Request[]> {
  const rows = await reader
    .select({
      ...{ id: q.id, userId: q.userId, role: q.role, places: q.places, virtualAccountIds: q.virtualAccountIds },
      ...{ reason: q.reason, state: q.state, requestedAt: q.requestedAt, decidedAt: q.decidedAt, answer: q.answer },
      ...{ name: users.name, email: users.email, organisation: users.organisation },
    })
    .from(q)
    .innerJoin(users, eq(users.id, q.userId))
    .where(and(await decidable(reader, viewer), more))
    .orderBy(sql`${q.state} = 'pending' desc`, desc(q.requestedAt), asc(q.id))
    .limit(MOST)
  return rows.map((row) => ({ ...row, isOutside: isOutside(row.organisation, viewer.account) }))
}

/** Those that wait first, then the newest. */
export const requestsOf = (viewer: Viewer): Promise<Request[]> => asUser(viewer, (reader) => select(reader, viewer))

/** One of them; null where there is none that the viewer may decide. */
export const requestOf = (viewer: Viewer, id: number): Promise<Request | null> =>
  asUser(viewer, async (reader) => (await select(reader, viewer, sql`${q.id} = ${id}`))[0] ?? null)

/** The same for whoever decides it now: nobody else does until the transaction ends. */
export async function heldRequest(tx: Writer, viewer: Viewer, id: number): Promise<Request | null> {
  await tx.execute(sql`select from ${q} where ${q.id} = ${id} and ${await decidable(tx, viewer)} for update`)
  return (await select(tx, viewer, sql`${q.id} = ${id}`))[0] ?? null
}
