import 'server-only'
import { eq } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { accessRequests as q } from '@/db/schema/requests'
import { asUser } from '@/lib/access/database'
import { roleLabels } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import type { ChangeItem, EventDraft } from '@/lib/changes/events'
import { now } from '@/lib/clock'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { queueMail } from '@/lib/mail/queue'
import * as paths from '@/lib/paths'
import { allRolesOf, rolesOf, writeFresh } from './fresh'
import { grantEventOf, grantItemOf, insertRoles } from './grant'
import { sightPreview } from './preview'
import { previewHref } from './preview-address'
import { isDelegated } from './queries'
import { isWithin, requestStateLabels } from './request-schema'
import { heldRequest, type Request, requestOf } from './requests'
import { mayManage, refusalOf } from './rules'
import type { RoleDraft } from './schema'
import type { PersonReview } from './state'
import { sightsOf, whatOf } from './words'

/** What the person would see with these roles, and each of them in words. Throws Invalid where they cannot be given. */
export async function reviewRequest(
  viewer: Viewer,
  id: number,
  drafts: readonly RoleDraft[],
): Promise<{ what: string; people: PersonReview[] }> {
  const request = await requestOf(viewer, id)
  if (!request) throw new NotFound('There is no such request.')
  mustWait(request)
  return asUser(viewer, async (reader) => {
    await mustFit(reader, viewer, viewer, request, drafts)
    const held = await allRolesOf(reader, viewer, request.userId)
    const sightOf = sightPreview(reader, viewer)
    const wanted = drafts.map((draft) => ({ ...draft, id: 0, accountId: viewer.account.id, expiresAt: null }))
    const [before, after] = await Promise.all([sightOf(held), sightOf([...held, ...wanted])])
    const { email, isOutside, userId } = request
    const preview = previewHref(viewer.account.domain, drafts, userId)
    return {
      what: drafts.map((draft) => whatOf(viewer, draft)).join(' '),
      people: [sightsOf({ typed: email, email, problem: null, isOutside, before, after, preview })],
    }
  })
}

/**
 * Gives whoever asked these roles, no wider than what they asked for. Throws Conflict when somebody else has decided it
 * meanwhile, Invalid where a role cannot be given.
 */
export function approveRequest(viewer: Viewer, id: number, drafts: readonly RoleDraft[], key: string) {
  return decide(viewer, id, key, { drafts }, async (tx, fresh, request) => {
    await mustFit(tx, viewer, fresh, request, drafts)
    const events: EventDraft[] = []
    const items: ChangeItem[] = []
    for (const wanted of drafts) {
      const draft = { ...wanted, purpose: request.reason.slice(0, 200) }
      const made = await insertRoles(tx, viewer, [request.userId], draft)
      for (const { id: role, userId } of made) {
        events.push(grantEventOf(role, userId, draft))
        items.push(grantItemOf(draft)({ id: role, userId }))
      }
    }
    const given = drafts.map((draft) => whatOf(viewer, draft)).join('\n')
    return { state: 'approved' as const, answer: '', said: `You have access now.\n${given}`, events, items }
  })
}

/** Says no, with a reason that is told to whoever asked. Throws Conflict when somebody else has decided it meanwhile. */
export function declineRequest(viewer: Viewer, id: number, answer: string, key: string) {
  return decide(viewer, id, key, { answer }, async () => ({
    ...{ state: 'declined' as const, answer, events: [], items: [] },
    said: answer === '' ? 'No reason was given.' : answer,
  }))
}

type Decision = {
  state: 'approved' | 'declined'
  answer: string
  /** What whoever asked is told by mail. */
  said: string
  events: EventDraft[]
  items: ChangeItem[]
}

function decide(
  viewer: Viewer,
  id: number,
  key: string,
  content: object,
  work: (tx: Writer, fresh: Viewer, request: Request) => Promise<Decision>,
): Promise<{ id: number }> {
  const idempotency = { key: `request:${viewer.account.id}:${id}:${key}`, request: content }
  return writeFresh(viewer, { permission: 'requests.approve', alone: true, idempotency }, async (tx, fresh) => {
    const request = await heldRequest(tx, fresh, id)
    if (!request) throw new NotFound('There is no such request.')
    mustWait(request)
    const { state, answer, said, events, items } = await work(tx, fresh, request)
    await tx.update(q).set({ state, answer, decidedAt: now(), decidedBy: viewer.id }).where(eq(q.id, id))
    await queueMail(tx, viewer.account.id, [mailTo(viewer, request, state, said)])
    const subject = { subject: 'access_request', subjectId: id }
    const decided: EventDraft = {
      ...{ type: `access-requests.${state}` as const, ...subject, virtualAccountIds: [] },
      detail: { userId: request.userId, role: request.role },
      note: answer,
    }
    return {
      result: { id },
      changeSet: {
        ...{ kind: 'role' as const, summary: { requests: 1 } },
        items: [{ ...subject, before: { state: 'pending' }, after: { state } }, ...items],
      },
      events: [decided, ...events],
    }
  })
}

function mustWait({ state }: Request): void {
  if (state !== 'pending')
    throw new Conflict(`Somebody was faster: this request is ${requestStateLabels[state].toLowerCase()} already.`)
}

type Asking = Parameters<typeof isDelegated>[0]

async function mustFit(
  reader: Asking,
  viewer: Viewer,
  fresh: Viewer,
  request: Request,
  drafts: readonly RoleDraft[],
): Promise<void> {
  if (drafts.length === 0) throw new Invalid(['Choose at least one Virtual Account.'])
  const [delegated, held] = await Promise.all([isDelegated(reader, viewer), rolesOf(reader, viewer, request.userId)])
  const problems = drafts.flatMap((draft) => {
    if (!mayManage(fresh, draft, delegated)) throw new NotFound('There is no such role to give.')
    const has = held.some(
      ({ role, virtualAccountId }) => role === draft.role && virtualAccountId === draft.virtualAccountId,
    )
    return [
      ...(isWithin(draft.role, request.role)
        ? []
        : [`${roleLabels[draft.role]} opens more than what was asked for: ${roleLabels[request.role]}.`]),
      ...(has ? [`${request.email} has the role ${roleLabels[draft.role]} there already.`] : []),
      ...[refusalOf(draft.role, request.organisation, viewer.account)].filter((problem) => problem !== null),
    ]
  })
  if (problems.length > 0) throw new Invalid([...new Set(problems)])
}

const mailTo = ({ account }: Viewer, { id, email }: Request, state: 'approved' | 'declined', said: string) => ({
  kind: 'access-answer' as const,
  to: email,
  about: { subject: 'access_request', id },
  letter: {
    subject: `Your request for access to ${account.domain}: ${requestStateLabels[state].toLowerCase()}`,
    parts: [
      { text: `Your request for access to the Smart Account ${account.domain} was ${state}.` },
      { text: said },
      { link: paths.access(), label: 'See your access' },
    ],
  },
})
