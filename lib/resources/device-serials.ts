import 'server-only'
import { and, inArray } from 'drizzle-orm'
import { devices as d } from '@/db/schema/devices'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { Invalid, NotFound } from '@/lib/errors'
import { countTable } from '@/lib/table/counts'
import { paramsOf } from '@/lib/table/href'
import { readPage } from '@/lib/table/page'
import { parseTable } from '@/lib/table/parse'
import { COPY_AT_MOST } from '@/lib/table/selection'
import { devices } from './devices'

/** Rows of a list, as a selection of its table names them: those of `ids`, or with `all` every match but them. */
type Chosen = { search: string; all: boolean; ids: readonly number[] }

/** Serial numbers of chosen devices in scope, at most COPY_AT_MOST, in the order of the list when all were chosen. */
export async function serialNumbersOf(viewer: Viewer, { search, all, ids }: Chosen): Promise<string[]> {
  if (!can(viewer, 'export')) throw new NotFound('Not for this role.')
  const rows = await (all ? allBut(viewer, search, new Set(ids)) : named(viewer, ids))
  return rows.flatMap(({ serial }) => (serial ? [serial] : []))
}

const named = (viewer: Viewer, ids: readonly number[]) =>
  asUser(viewer, (reader) =>
    reader
      .select({ serial: d.serialNumber })
      .from(d)
      .where(and(inScope(viewer, d), inArray(d.id, [...ids])))
      .orderBy(d.id)
      .limit(COPY_AT_MOST),
  )

function allBut(viewer: Viewer, search: string, but: ReadonlySet<number>) {
  const { query, problems } = parseTable(devices, paramsOf(new URLSearchParams(search)))
  if (problems.length > 0) throw new Invalid(problems)
  const day = today()
  const whole = { ...query, page: 1, size: COPY_AT_MOST + but.size }
  return asUser(viewer, async (reader) => {
    const counts = await countTable(reader, devices, viewer, whole, day)
    const fields = { serial: d.serialNumber }
    const rows = await readPage<{ id: number; serial: string | null }>(
      reader,
      devices,
      viewer,
      whole,
      counts,
      day,
      fields,
    )
    return rows.filter(({ id }) => !but.has(Number(id))).slice(0, COPY_AT_MOST)
  })
}
