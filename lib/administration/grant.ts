import 'server-only'
import { inArray, sql } from 'drizzle-orm'
import type { Reader, Writer } from '@/db/client'
import { roleAssignments as r } from '@/db/schema/accounts'
import { users } from '@/db/schema/people'
import { asUser } from '@/lib/access/database'
import { roleLabels } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import type { ChangeItem, EventDraft } from '@/lib/changes/events'
import { now } from '@/lib/clock'
import { organisationOf } from '@/lib/email-address'
import { Invalid, NotFound } from '@/lib/errors'
import { type Mail, queueMail } from '@/lib/mail/queue'
import { access } from '@/lib/paths'
import { allRolesOf, rolesOf, writeFresh } from './fresh'
import { type Entry, MOST_PEOPLE } from './people-list'
import { type Seen, sightPreview } from './preview'
import { previewHref } from './preview-address'
import { isDelegated } from './queries'
import { isOutside, mayManage, refusalOf } from './rules'
import { endOf, type RoleDraft } from './schema'
import { whatOf } from './words'

/** One person of a list: why they do not get the role, or what they see now and with it. */
export type Reviewed = {
  typed: string
  email: string | null
  /** Where it is shown what they would see. */
  preview?: string
  problem: string | null
  isOutside: boolean
  before: Seen[]
  after: Seen[]
}

/** What giving a role would do, person by person; nothing is changed. Throws NotFound where the viewer may not give it. */
export function reviewGrant(viewer: Viewer, entries: readonly Entry[], draft: RoleDraft): Promise<Reviewed[]> {
  return asUser(viewer, async (reader) => {
    if (!mayManage(viewer, draft, await isDelegated(reader, viewer)))
      throw new NotFound('There is no such role to give.')
    return reviewAll(reader, viewer, entries, draft)
  })
}

async function reviewAll(reader: Reader, viewer: Viewer, entries: readonly Entry[], draft: RoleDraft) {
  const known = await knownPeople(reader, entries)
  const sightOf = sightPreview(reader, viewer)
  const reviewed: Reviewed[] = []
  for (const { typed, email } of entries) {
    const userId = known.get(email ?? '')
    const held = userId === undefined ? [] : await rolesOf(reader, viewer, userId)
    const problem = problemOf(viewer, email, held, draft)
    const wanted = { ...draft, id: 0, accountId: viewer.account.id, expiresAt: null }
    const all = userId === undefined ? [] : await allRolesOf(reader, viewer, userId)
    const [before, after] = problem === null ? await Promise.all([sightOf(all), sightOf([...all, wanted])]) : [[], []]
    const outside = email !== null && isOutside(organisationOf(email), viewer.account)
    const to = userId ?? (email === null ? null : organisationOf(email))
    const preview = previewHref(viewer.account.domain, [draft], to)
    reviewed.push({ typed, email, problem, isOutside: outside, before, after, ...(problem === null && { preview }) })
  }
  return reviewed
}

/** Those of them that there is a person for, by address. */
export async function knownPeople(reader: Pick<Writer, 'select'>, entries: readonly Entry[]) {
  const emails = entries.flatMap(({ email }) => (email === null ? [] : [email]))
  const rows = await reader.select({ id: users.id, email: users.email }).from(users).where(inArray(users.email, emails))
  return new Map(rows.map(({ id, email }) => [email, id]))
}

type Held = Awaited<ReturnType<typeof rolesOf>>

function problemOf(viewer: Viewer, email: string | null, held: Held, draft: RoleDraft) {
  if (email === null) return 'This is not an e-mail address.'
  const has = held.some(({ role, virtualAccountId }) => sameRole({ role, virtualAccountId }, draft))
  if (has) return `Has the role ${roleLabels[draft.role]} there already. Change that one instead.`
  return refusalOf(draft.role, organisationOf(email), viewer.account)
}

const sameRole = (a: Pick<RoleDraft, 'role' | 'virtualAccountId'>, b: typeof a) =>
  a.role === b.role && a.virtualAccountId === b.virtualAccountId

/**
 * Gives the role to all of these people, or to none; `key` is that of the form. People unknown so far are known by their
 * address from now on. Throws Invalid when one of them cannot have it, NotFound where the viewer may not give it.
 */
export function giveRoles(
  viewer: Viewer,
  emails: readonly string[],
  draft: RoleDraft,
  key: string,
): Promise<{ given: number }> {
  const wanted = [...new Set(emails)].sort()
  if (wanted.length === 0 || wanted.length > MOST_PEOPLE)
    throw new Invalid(['Give the role to 1 to 100 people at once.'])
  const idempotency = { key: `roles:${viewer.account.id}:${key}`, request: { wanted, draft } }
  return writeFresh(viewer, { permission: 'users.manage', alone: true, idempotency }, async (tx, fresh) => {
    if (!mayManage(fresh, draft, await isDelegated(tx, viewer))) throw new NotFound('There is no such role to give.')
    const people = await peopleFor(tx, viewer, wanted, draft)
    const made = await insertRoles(tx, viewer, people, draft)
    await queueMail(tx, viewer.account.id, wanted.map(mailOf(viewer, draft)))
    const [first, ...rest] = made.map(({ id, userId }) => grantEventOf(id, userId, draft))
    if (!first) throw new Invalid(['There is nobody to give the role to.'])
    return {
      result: { given: made.length },
      changeSet: { kind: 'role' as const, summary: { roles: made.length }, items: made.map(grantItemOf(draft)) },
      events: [first, ...rest],
    }
  })
}

/** The people of these addresses, by address; who is unknown so far is known from now on. */
async function madeKnown(tx: Writer, emails: readonly string[]): Promise<Map<string, number>> {
  await tx
    .insert(users)
    .values(emails.map((email) => ({ email, name: email, organisation: organisationOf(email) })))
    .onConflictDoNothing()
  return knownPeople(
    tx,
    emails.map((email) => ({ typed: email, email })),
  )
}

/** The ids of these people, known or not. */
export const idsFor = async (tx: Writer, emails: readonly string[]): Promise<number[]> => [
  ...(await madeKnown(tx, emails)).values(),
]

/** The ids of these people, each checked as the review did. */
async function peopleFor(tx: Writer, viewer: Viewer, emails: readonly string[], draft: RoleDraft): Promise<number[]> {
  const known = await madeKnown(tx, emails)
  const ids: number[] = []
  for (const email of emails) {
    const userId = known.get(email)
    const held = userId === undefined ? [] : await rolesOf(tx, viewer, userId)
    const problem = problemOf(viewer, email, held, draft)
    if (problem !== null || userId === undefined)
      throw new Invalid([`${email}: ${problem ?? 'cannot have this role.'}`])
    ids.push(userId)
  }
  return ids
}

/** Without a look at what came of it: a role is not seen before the scope is asked for again. */
export async function insertRoles(
  tx: Writer,
  { account, id: grantedBy }: Viewer,
  userIds: readonly number[],
  draft: RoleDraft,
) {
  const rows = (await tx.execute(sql`
    select nextval('role_assignments_id_seq') as id, u.id as "userId"
    from unnest(${`{${userIds.join(',')}}`}::bigint[]) with ordinality u (id, nth) order by u.nth`)) as unknown as {
    id: number
    userId: number
  }[]
  const { role, virtualAccountId, includesNested, purpose } = draft
  const common = { role, virtualAccountId, includesNested, purpose, grantedBy, grantedAt: now() }
  await tx
    .insert(r)
    .values(rows.map((row) => ({ ...row, ...common, smartAccountId: account.id, expiresAt: endOf(draft.lastDay) })))
  return rows
}

/** Whoever gets a role is told what and where; by whom is not: it may be somebody of another organization. */
const mailOf =
  (viewer: Viewer, draft: RoleDraft) =>
  (to: string): Mail => ({
    kind: 'role',
    to,
    letter: {
      subject: `You have access to ${viewer.account.name}`,
      parts: [
        { text: `You have a role in the Smart Account ${viewer.account.name} (${viewer.account.domain}) now.` },
        { text: whatOf(viewer, draft) },
        { link: access(), label: 'See your access' },
      ],
    },
  })

const placesOf = ({ virtualAccountId }: RoleDraft) => (virtualAccountId === null ? [] : [virtualAccountId])

export const grantEventOf = (id: number, userId: number, draft: RoleDraft): EventDraft => ({
  type: 'roles.granted',
  subject: 'role_assignment',
  subjectId: id,
  virtualAccountIds: placesOf(draft),
  detail: { userId, ...recorded(draft) },
})

export const grantItemOf =
  (draft: RoleDraft) =>
  ({ id, userId }: { id: number; userId: number }): ChangeItem => ({
    subject: 'role_assignment',
    subjectId: id,
    before: null,
    after: { userId, ...recorded(draft) },
  })

/** What the log keeps of a role. */
export const recorded = ({ role, virtualAccountId, includesNested, lastDay }: Omit<RoleDraft, 'purpose'>) => ({
  role,
  virtualAccountId,
  includesNested,
  lastDay,
})
