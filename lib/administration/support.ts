import 'server-only'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { supportAccess as s } from '@/db/schema/accounts'
import { users } from '@/db/schema/people'
import { asUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { Invalid, NotFound } from '@/lib/errors'
import { told } from './fresh'
import { endOf } from './schema'
import type { SupportDraft } from './support-schema'

/** Support reads the account, or has read it: by whom, why, and until when. */
export type SupportSeen = {
  id: number
  name: string
  email: string
  reason: string
  startsAt: Date
  endsAt: Date
  isOpen: boolean
}

const MOST = 50

/** For those who manage the account. The newest first, those that are open before those that have ended. */
export async function supportOf(viewer: Viewer): Promise<SupportSeen[]> {
  if (!can(viewer, 'account.manage')) throw new NotFound('There is no such list.')
  return asUser(viewer, async (reader) => {
    const rows = await reader
      .select({
        id: s.id,
        name: users.name,
        email: users.email,
        reason: s.reason,
        startsAt: s.startsAt,
        endsAt: s.endsAt,
      })
      .from(s)
      .innerJoin(users, eq(users.id, s.userId))
      .where(eq(s.smartAccountId, viewer.account.id))
      .orderBy(desc(s.endsAt), desc(s.id))
      .limit(MOST)
    return rows.map((row) => ({ ...row, isOpen: row.startsAt <= now() && row.endsAt > now() }))
  })
}

/** Lets somebody of internal support read the account. Throws Invalid where the address is nobody's of support. */
export function openSupport(viewer: Viewer, draft: SupportDraft, key: string): Promise<{ id: number }> {
  const idempotency = { key: `support:${viewer.account.id}:${key}`, request: draft }
  const { email, reason, lastDay } = draft
  return told(() =>
    write(viewer, { permission: 'account.manage', alone: true, idempotency }, async (tx) => {
      const [person] = await tx
        .select({ id: users.id })
        .from(users)
        .where(and(eq(users.email, email), users.isSupport, isNull(users.disabledAt)))
      if (!person) throw new Invalid([`${email} is not the address of somebody in support. Take the one in your case.`])
      const endsAt = endOf(lastDay) ?? now()
      const [made] = await tx
        .insert(s)
        .values({ smartAccountId: viewer.account.id, userId: person.id, reason, startsAt: now(), endsAt })
        .returning({ id: s.id })
      const id = made?.id ?? 0
      const after = { reason, endsAt: endsAt.toISOString() }
      return {
        result: { id },
        changeSet: { kind: 'role' as const, summary: { support: 1 }, items: [itemOf(id, null, after)] },
        events: [
          {
            type: 'support-access.opened' as const,
            ...{ subject: 'support_access', subjectId: id, virtualAccountIds: [] },
            detail: { userId: person.id, lastDay },
            note: reason,
          },
        ],
      }
    }),
  )
}

/** Ends it with the next request of whoever reads. Throws NotFound where nothing is open under this id. */
export function endSupport(viewer: Viewer, id: number, key: string): Promise<{ id: number }> {
  const idempotency = { key: `support-end:${viewer.account.id}:${id}:${key}`, request: { id } }
  return told(() =>
    write(viewer, { permission: 'account.manage', alone: true, idempotency }, async (tx) => {
      const mine = and(eq(s.smartAccountId, viewer.account.id), eq(s.id, id), gt(s.endsAt, now()))
      const [open] = await tx.select({ userId: s.userId, endsAt: s.endsAt }).from(s).where(mine)
      if (!open) throw new NotFound('There is no such access.')
      await tx.update(s).set({ endsAt: now() }).where(mine)
      const [before, after] = [open.endsAt, now()].map((end) => ({ endsAt: end.toISOString() }))
      return {
        result: { id },
        changeSet: { kind: 'role' as const, summary: { support: 1 }, items: [itemOf(id, before ?? null, after ?? {})] },
        events: [
          {
            type: 'support-access.ended' as const,
            ...{ subject: 'support_access', subjectId: id, virtualAccountIds: [] },
            detail: { userId: open.userId },
          },
        ],
      }
    }),
  )
}

const itemOf = (id: number, before: Record<string, unknown> | null, after: Record<string, unknown>) => ({
  ...{ subject: 'support_access', subjectId: id, before, after },
})
