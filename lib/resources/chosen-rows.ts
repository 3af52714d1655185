import 'server-only'
import { and, eq, lt, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { rowSelections as kept } from '@/db/schema/selections'
import { asUser, writeAsUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { now, today } from '@/lib/clock'
import { Invalid, NotFound } from '@/lib/errors'
import { account, idOf } from '@/lib/paths'
import { named, rowsIn } from '@/lib/table/filters'
import { paramsOf, toSearch } from '@/lib/table/href'
import { listFor } from '@/lib/table/list'
import { type Params, parseTable, valuesOf } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { mayAct } from '@/lib/table/row-actions'
import { tableOf } from './all'
import type { Chosen } from './chosen-values'

/** The rows that the page of an action is about, and the list that they were chosen from. */
export type ChosenRows = { tab: string; resource: Resource; chosen: Chosen; listHref: string }

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Keeps what somebody chose for 24 hours and gives the address of the action's page for it: the list's parameters travel
 * instead of the rows, however many those are. A draft of the person's own, no account's data, so no event.
 */
export async function keepSelection(viewer: Viewer, tab: string, action: string, chosen: Chosen): Promise<string> {
  const { resource } = resourceOf(viewer, tab, chosen.search)
  const found = resource.actions && Object.hasOwn(resource.actions, action) ? resource.actions[action] : undefined
  if (!(found && mayAct(viewer, found))) throw new NotFound('There is no such action.')
  const id = crypto.randomUUID()
  await writeAsUser(viewer, async (writer) => {
    await writer
      .delete(kept)
      .where(
        and(
          eq(kept.smartAccountId, viewer.account.id),
          eq(kept.userId, viewer.id),
          lt(kept.createdAt, new Date(now().getTime() - DAY_MS)),
        ),
      )
    const { search, all: isAll, ids } = chosen
    await writer
      .insert(kept)
      .values({ smartAccountId: viewer.account.id, id, userId: viewer.id, tab, search, isAll, ids, createdAt: now() })
  })
  return `${found.page(viewer.account.domain)}?chosen=${id}`
}

/**
 * The rows that the address of an action's page names: `chosen` a selection that was kept; `of` a list, with `id` one row or more
 * of it, with `match` all that its parameters find. Null where it names none that is the person's own.
 */
export async function chosenRows(viewer: Viewer, params: Params): Promise<ChosenRows | null> {
  const [tab] = valuesOf(params, 'of')
  const ids = valuesOf(params, 'id').flatMap((id) => idOf(id) ?? [])
  if (tab && ids.length > 0) return rowsOf(viewer, tab, { search: '', all: false, ids })
  const [match] = valuesOf(params, 'match')
  if (tab && match !== undefined) return rowsOf(viewer, tab, { search: match, all: true, ids: [] })
  const key = z.uuid().safeParse(valuesOf(params, 'chosen')[0])
  if (!key.success) return null
  const [row] = await asUser(viewer, (reader) =>
    reader
      .select()
      .from(kept)
      .where(and(eq(kept.smartAccountId, viewer.account.id), eq(kept.id, key.data), eq(kept.userId, viewer.id))),
  )
  return row ? rowsOf(viewer, row.tab, { search: row.search, all: row.isAll, ids: row.ids }) : null
}

/** The ids of chosen rows that the viewer sees now, as a select, to be used in the statement that reads or changes them. */
export function chosenIds(viewer: Viewer, { resource, chosen }: ChosenRows): SQL {
  const { table, id, tenant, virtualAccount } = resource
  const scope = inScope(viewer, { smartAccountId: tenant, virtualAccountId: virtualAccount })
  const ids = sql`${`{${chosen.ids.join(',')}}`}::bigint[]`
  if (!chosen.all) return sql`select ${id} as id from ${table} where ${scope} and ${id} = any (${ids})`
  const { query, problems } = parseTable(resource, paramsOf(new URLSearchParams(chosen.search)))
  if (problems.length > 0) throw new Invalid(problems)
  const { found, search } = listFor({ resource, viewer, query, today: today() })
  const where = and(scope, found, sql`${id} <> all (${ids})`)
  return sql`with ${named(search)}one as (select 1) select ${id} as id from ${rowsIn(resource, scope, search)} where ${where}`
}

function rowsOf(viewer: Viewer, tab: string, chosen: Chosen): ChosenRows | null {
  const { resource, search } = resourceOf(viewer, tab, chosen.search)
  return { tab, resource, chosen, listHref: `${account(viewer.account.domain)}/${tab}${search}` }
}

/** The list of a tab under these parameters. To who does not have it there is none. */
function resourceOf(viewer: Viewer, tab: string, given: string): { resource: Resource; search: string } {
  const params = paramsOf(new URLSearchParams(given))
  const { resource } = tableOf(tab, params)
  if (!resource || (resource.view && !can(viewer, 'agreements.see'))) throw new NotFound('There is no such list.')
  const { query, problems } = parseTable(resource, params)
  if (problems.length > 0) throw new Invalid(problems)
  return { resource, search: toSearch(resource, query) }
}
