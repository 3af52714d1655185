import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { virtualAccountTags as tag, virtualAccounts as v } from '@/db/schema/accounts'
import { can, type Viewer } from '@/lib/access/viewer'
import type { ChangeItem, EventDraft } from '@/lib/changes/events'
import type { Change } from '@/lib/changes/write'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { writeFresh } from './fresh'
import { moveAssets } from './move-assets'
import { mayPlan } from './place-rules'
import type { PlaceDraft } from './place-schema'

type Row = typeof v.$inferSelect
type Placed = Pick<PlaceDraft, 'name' | 'description' | 'parentId'>

/** A new Virtual Account. Throws Invalid when the name is taken, NotFound where the viewer may not put one. */
export function createPlace(viewer: Viewer, draft: Placed, key: string): Promise<{ id: number }> {
  return plan(viewer, 'new', key, draft, async (tx, fresh) => {
    if (!mayPlan(fresh, draft.parentId)) throw new NotFound('There is no such place.')
    const [next] = (await tx.execute(sql`select nextval('virtual_accounts_id_seq') as id`)) as unknown as {
      id: number
    }[]
    const id = next?.id ?? 0
    await tx.insert(v).values({ ...draft, smartAccountId: viewer.account.id, id })
    const touched = [id, ...(draft.parentId === null ? [] : [draft.parentId])]
    return done({ id }, [itemOf(id, null, { parentId: draft.parentId })], {
      type: 'virtual-accounts.created',
      ...about(id),
      virtualAccountIds: touched,
      detail: { parentId: draft.parentId },
    })
  })
}

/**
 * Renames, moves, restricts, tags: all that a form holds. Throws Invalid when the name is taken or the place impossible,
 * NotFound where the viewer may not. Whoever reaches what is nested sees it in its new place with their next request.
 */
export function changePlace(viewer: Viewer, id: number, draft: PlaceDraft, key: string): Promise<{ id: number }> {
  return plan(viewer, id, key, draft, async (tx, fresh) => {
    const row = await placeIn(tx, viewer, id)
    const isMoved = row.parentId !== draft.parentId
    if (!mayPlan(fresh, row.parentId) || !mayPlan(fresh, draft.parentId)) throw new NotFound('There is no such place.')
    if (row.isDefault && draft.isRestricted)
      throw new Invalid(['The default Virtual Account is open to everybody with a role over the Smart Account.'])
    const { name, description, parentId, preferredEndDate, isRestricted } = draft
    const accessLevel = isRestricted ? ('restricted' as const) : ('unrestricted' as const)
    await tx
      .update(v)
      .set({ name, description, parentId, preferredEndDate, accessLevel })
      .where(and(eq(v.smartAccountId, viewer.account.id), eq(v.id, id)))
    const tagged = await retag(tx, viewer, id, draft.tags)
    const before = recorded({ ...row, isRestricted: row.accessLevel === 'restricted' })
    const after = recorded(draft)
    const parents = isMoved ? [row.parentId, parentId].filter((place) => place !== null) : []
    return done({ id }, [itemOf(id, before, after)], {
      type: 'virtual-accounts.changed',
      ...about(id),
      virtualAccountIds: [id, ...parents],
      detail: { isRenamed: row.name !== name, isMoved, isRestricted, parentId, isTagged: tagged },
    })
  })
}

/** Makes it the one that new assets come into; the one before is one like the others then. For the account's administrators. */
export function makeDefault(viewer: Viewer, id: number, key: string): Promise<{ id: number }> {
  return plan(viewer, id, key, { isDefault: true }, async (tx, fresh) => {
    const row = await placeIn(tx, viewer, id)
    if (!mayPlan(fresh, null)) throw new NotFound('There is no such place.')
    if (row.isDefault) throw new Conflict('This is the default Virtual Account already.')
    if (row.accessLevel === 'restricted') throw new Invalid(['A restricted Virtual Account cannot be the default.'])
    const account = eq(v.smartAccountId, viewer.account.id)
    const [old] = await tx.select({ id: v.id }).from(v).where(and(account, v.isDefault))
    if (old)
      await tx
        .update(v)
        .set({ isDefault: false })
        .where(and(account, eq(v.id, old.id)))
    await tx
      .update(v)
      .set({ isDefault: true })
      .where(and(account, eq(v.id, id)))
    const items = [
      ...(old ? [itemOf(old.id, { isDefault: true }, { isDefault: false })] : []),
      itemOf(id, { isDefault: false }, { isDefault: true }),
    ]
    return done({ id }, items, {
      type: 'virtual-accounts.changed',
      ...about(id),
      virtualAccountIds: [id, ...(old ? [old.id] : [])],
      detail: { isDefault: true },
    })
  })
}

/**
 * Takes a Virtual Account away; what is in it goes to `target`, without which it must be empty. Throws Invalid when
 * something is in it or nested in it, NotFound where the viewer may not.
 */
export function deletePlace(viewer: Viewer, id: number, target: number | null, key: string): Promise<{ id: number }> {
  return plan(viewer, id, key, { target }, async (tx, fresh) => {
    const row = await placeIn(tx, viewer, id)
    if (!mayPlan(fresh, row.parentId)) throw new NotFound('There is no such place.')
    if (row.isDefault) throw new Invalid(['The default Virtual Account stays. Make another one the default first.'])
    const nested = await tx
      .select({ id: v.id })
      .from(v)
      .where(and(eq(v.smartAccountId, viewer.account.id), eq(v.parentId, id)))
    if (nested.length > 0) throw new Invalid(['Others are nested in it. Move or delete those first.'])
    if (target !== null && (target === id || !can(fresh, 'assign', [id, target])))
      throw new NotFound('There is no such place.')
    const moved = await moveAssets(tx, viewer.account.id, id, target)
    await tx.execute(sql`select app.drop_virtual_account(${viewer.account.id}, ${id})`)
    const gone = itemOf(id, recorded({ ...row, isRestricted: row.accessLevel === 'restricted' }), { isDeleted: true })
    return {
      result: { id },
      changeSet: {
        ...{ kind: 'account' as const, summary: { deleted: 1, moved: moved.total } },
        items: sql`select 0 as position, ${gone.subject}::text as subject, ${id}::bigint as subject_id,
            ${JSON.stringify(gone.before)}::jsonb as before, ${JSON.stringify(gone.after)}::jsonb as after
          union all ${moved.items}`,
      },
      events: [
        {
          type: 'virtual-accounts.deleted' as const,
          ...about(id),
          virtualAccountIds: [id, ...(target === null ? [] : [target])],
          detail: { target, moved: moved.total },
        },
      ],
    }
  })
}

const done = <T>(result: T, items: ChangeItem[], event: EventDraft): Change<T> => ({
  result,
  changeSet: { kind: 'account', summary: { virtualAccounts: items.length }, items },
  events: [event],
})

const about = (subjectId: number) => ({ subject: 'virtual_account', subjectId })
const itemOf = (id: number, before: ChangeItem['before'], after: ChangeItem['after']): ChangeItem => ({
  ...about(id),
  ...{ before, after },
})

/** What the log keeps of a Virtual Account: no name, which may be that of a person. */
const recorded = ({
  parentId,
  isRestricted,
  preferredEndDate,
}: Pick<PlaceDraft, 'parentId' | 'isRestricted' | 'preferredEndDate'>) => ({
  parentId,
  isRestricted,
  preferredEndDate,
})

function plan<T>(
  viewer: Viewer,
  what: number | 'new',
  key: string,
  request: object,
  work: (tx: Writer, fresh: Viewer) => Promise<Change<T>>,
): Promise<T> {
  const idempotency = { key: `place:${viewer.account.id}:${what}:${key}`, request }
  return writeFresh(viewer, { permission: 'virtual-accounts.manage', alone: true, idempotency }, work)
}

async function placeIn(tx: Writer, { account }: Viewer, id: number): Promise<Row> {
  const [row] = await tx
    .select()
    .from(v)
    .where(and(eq(v.smartAccountId, account.id), eq(v.id, id)))
    .for('update')
  if (!row) throw new NotFound('There is no such place.')
  return row
}

/** Whether the tags are others than before. */
async function retag(tx: Writer, { account }: Viewer, id: number, tags: PlaceDraft['tags']): Promise<boolean> {
  const mine = and(eq(tag.smartAccountId, account.id), eq(tag.virtualAccountId, id))
  const had = await tx.select({ name: tag.name, value: tag.value }).from(tag).where(mine).orderBy(tag.name)
  const has = Object.entries(tags).map(([name, value]) => ({ name, value }))
  const sorted = [...has].sort((a, b) => (a.name < b.name ? -1 : 1))
  if (JSON.stringify([...had].sort((a, b) => (a.name < b.name ? -1 : 1))) === JSON.stringify(sorted)) return false
  await tx.delete(tag).where(mine)
  if (has.length > 0)
    await tx.insert(tag).values(has.map((one) => ({ ...one, smartAccountId: account.id, virtualAccountId: id })))
  return true
}
