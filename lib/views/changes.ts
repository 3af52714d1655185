import 'server-only'
import { and, count, eq, ne, type SQL } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { savedViews } from '@/db/schema/people'
import { asUser, writeAsUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import type { EventType } from '@/lib/changes/events'
import { write } from '@/lib/changes/write'
import { Invalid, NotFound } from '@/lib/errors'
import { mayChange, mayKeep, viewsInScope } from './queries'
import type { SavedView } from './saved-view'
import { type ViewForm, viewProblems } from './schema'

/** More would be a store of something else. */
const VIEWS_AT_MOST = 100

type State = Pick<SavedView, 'resource' | 'query' | 'layout'>
const of = (viewer: Viewer, id: number) => and(eq(savedViews.smartAccountId, viewer.account.id), eq(savedViews.id, id))

/**
 * Keeps the state of a list under a name. Rejects with Invalid where the person has one of this name there already, and
 * with NotFound where they may keep none. One that is shared leaves an event; one's own is nobody else's matter.
 */
export async function addView(viewer: Viewer, state: State, form: ViewForm): Promise<{ id: number }> {
  if (!mayKeep(viewer)) throw new NotFound('There are no saved views for this person.')
  return change(viewer, form.shared ? 'views.shared' : null, async (tx) => {
    const mine = and(eq(savedViews.smartAccountId, viewer.account.id), eq(savedViews.userId, viewer.id))
    const had = await counted(tx, mine)
    if (had >= VIEWS_AT_MOST) throw new Invalid([viewProblems.many])
    const [made] = await tx
      .insert(savedViews)
      .values({
        ...state,
        smartAccountId: viewer.account.id,
        userId: viewer.id,
        name: form.name,
        isShared: form.shared,
        isDefault: form.default,
      })
      .onConflictDoNothing()
      .returning({ id: savedViews.id })
    if (!made) throw new Invalid([viewProblems.taken])
    if (form.default) await unsetDefaults(tx, viewer, state.resource, made.id)
    return made.id
  })
}

/** Changes the name, who sees it and whether the tab opens with it. Only its owner decides the last two. */
export async function changeView(viewer: Viewer, id: number, form: ViewForm): Promise<{ id: number }> {
  const view = await changeable(viewer, id)
  const isMine = view.userId === viewer.id
  const isShared = isMine ? form.shared : view.isShared
  const isDefault = isMine ? form.default : view.isDefault
  const type = isShared && !view.isShared ? 'views.shared' : 'views.changed'
  return change(viewer, isShared || view.isShared ? type : null, async (tx) => {
    const named = and(
      eq(savedViews.smartAccountId, viewer.account.id),
      eq(savedViews.userId, view.userId),
      eq(savedViews.resource, view.resource),
      eq(savedViews.name, form.name),
      ne(savedViews.id, id),
    )
    if ((await counted(tx, named)) > 0) throw new Invalid([viewProblems.taken])
    await one(tx.update(savedViews).set({ name: form.name, isShared, isDefault }).where(of(viewer, id)).returning())
    if (isMine && isDefault) await unsetDefaults(tx, viewer, view.resource, id)
    return id
  })
}

/** Makes the view what the list is now. */
export async function updateView(viewer: Viewer, id: number, state: State): Promise<{ id: number }> {
  const view = await changeable(viewer, id)
  if (view.resource !== state.resource) throw new NotFound('There is no such view of this list.')
  return change(viewer, view.isShared ? 'views.changed' : null, async (tx) => {
    const { query, layout } = state
    await one(tx.update(savedViews).set({ query, layout }).where(of(viewer, id)).returning())
    return id
  })
}

export async function removeView(viewer: Viewer, id: number): Promise<{ id: number }> {
  const view = await changeable(viewer, id)
  return change(viewer, view.isShared ? 'views.removed' : null, async (tx) => {
    await one(tx.delete(savedViews).where(of(viewer, id)).returning())
    return id
  })
}

/** Throws NotFound where there is no such view for the viewer, or it is not theirs to change. */
async function changeable(
  viewer: Viewer,
  id: number,
): Promise<Pick<SavedView, 'userId' | 'resource' | 'isShared' | 'isDefault'>> {
  const { userId, resource, isShared, isDefault } = savedViews
  const [view] = await asUser(viewer, (reader) =>
    reader
      .select({ userId, resource, isShared, isDefault })
      .from(savedViews)
      .where(and(viewsInScope(viewer), of(viewer, id))),
  )
  if (!view || !mayChange(viewer, view)) throw new NotFound('There is no such view.')
  return view
}

/** In one transaction with its event, where others are concerned; as a person's own otherwise. */
function change(
  viewer: Viewer,
  type: EventType | null,
  work: (tx: Writer) => Promise<number>,
): Promise<{ id: number }> {
  if (!type) return writeAsUser(viewer, async (tx) => ({ id: await work(tx) }))
  return write(viewer, { permission: 'export' }, async (tx) => {
    const id = await work(tx)
    return {
      result: { id },
      events: [{ type, subject: 'saved_view', subjectId: id, virtualAccountIds: [], detail: {} }],
    }
  })
}

async function counted(tx: Writer, where: SQL | undefined): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(savedViews).where(where)
  return row?.n ?? 0
}

async function unsetDefaults(tx: Writer, viewer: Viewer, resource: string, but: number): Promise<void> {
  const others = and(
    eq(savedViews.smartAccountId, viewer.account.id),
    eq(savedViews.userId, viewer.id),
    eq(savedViews.resource, resource),
    ne(savedViews.id, but),
  )
  await tx.update(savedViews).set({ isDefault: false }).where(others)
}

/** Somebody else may have been faster. */
async function one(changed: PromiseLike<unknown[]>): Promise<void> {
  if ((await changed).length === 0) throw new NotFound('There is no such view.')
}
