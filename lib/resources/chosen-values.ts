import 'server-only'
import { and, inArray } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { Invalid, NotFound } from '@/lib/errors'
import { countTable } from '@/lib/table/counts'
import { paramsOf } from '@/lib/table/href'
import { readPage } from '@/lib/table/page'
import { parseTable } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { COPY_AT_MOST } from '@/lib/table/selection'

/** Rows of a list, as a selection of its table names them: those of `ids`, or with `all` every match but them. */
export const chosenSchema = z.object({
  search: z.string().max(8000),
  all: z.boolean(),
  ids: z.array(z.int().positive()).max(20_000),
})
export type Chosen = z.output<typeof chosenSchema>
type Row = { id: number; value: string | null }

/**
 * What chosen rows in scope have in a column of text, at most COPY_AT_MOST, in the order of the list when all were
 * chosen; rows with nothing there are left out. Rejects with NotFound where the role may not take it out.
 */
export async function chosenValues(viewer: Viewer, resource: Resource, column: AnyPgColumn, chosen: Chosen) {
  if (!can(viewer, 'export')) throw new NotFound('Not for this role.')
  const rows = await (chosen.all ? allBut : named)(viewer, resource, column, chosen)
  return rows.flatMap(({ value }) => (value ? [value] : []))
}

function named(viewer: Viewer, { table, id, tenant, virtualAccount }: Resource, column: AnyPgColumn, chosen: Chosen) {
  const scope = inScope(viewer, { smartAccountId: tenant, virtualAccountId: virtualAccount })
  return asUser(viewer, async (reader) => {
    const rows = await reader
      .select({ id, value: column })
      .from(table)
      .where(and(scope, inArray(id, chosen.ids)))
      .orderBy(id)
      .limit(COPY_AT_MOST)
    return rows as Row[]
  })
}

function allBut(viewer: Viewer, resource: Resource, column: AnyPgColumn, { search, ids }: Chosen) {
  const { query, problems } = parseTable(resource, paramsOf(new URLSearchParams(search)))
  if (problems.length > 0) throw new Invalid(problems)
  const day = today()
  const but = new Set(ids)
  const whole = { ...query, page: 1, size: COPY_AT_MOST + but.size }
  return asUser(viewer, async (reader) => {
    const counts = await countTable(reader, resource, viewer, whole, day, [])
    const rows = await readPage<Row>(reader, resource, viewer, whole, counts, day, { value: column })
    return rows.filter(({ id }) => !but.has(Number(id))).slice(0, COPY_AT_MOST)
  })
}
