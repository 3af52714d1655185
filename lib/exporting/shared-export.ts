import 'server-only'
import { Readable } from 'node:stream'
import type { Person } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { readInstant } from '@/lib/overview/words'
import { loadSharedList } from '@/lib/sharing/shared-list'
import { sharedColumns } from '@/lib/sharing/shared-table'
import { cellsOf, type SharedRow } from '@/lib/sharing/shared-view'
import type { TableQuery } from '@/lib/table/parse'
import type { FileColumn, Kind } from './columns'
import { type Format, LARGE_ROWS } from './formats'
import { workbookOf } from './workbook'
import { csvHeader, writers } from './write-rows'

type Name = keyof typeof sharedColumns

const columns: readonly (FileColumn & { name: Name })[] = (Object.keys(sharedColumns) as Name[]).map((name) => {
  const { label, kind } = sharedColumns[name]
  return { name, label, kind: kind === 'status' ? 'text' : (kind satisfies Kind) }
})

/** Dates as they are kept, everything else as the list shows it. */
function valueOfColumn(row: SharedRow, name: Name): string | null {
  if (name === 'ordered' || name === 'sent' || name === 'until') return row[name]
  return cellsOf(row)[name] || null
}

/** The User View as a file: the orders of the list, some thousands at most. */
export async function streamShared(person: Person, query: TableQuery, format: Format): Promise<Readable> {
  const { rows } = await loadSharedList(person, { ...query, page: 1, size: LARGE_ROWS })
  const lines = rows.map((row, at) =>
    writers[format](
      columns,
      columns.map(({ name }) => valueOfColumn(row, name)),
      at,
    ),
  )
  const stream = Readable.from([Buffer.from((format === 'csv' ? csvHeader(columns) : '') + lines.join(''))], {
    objectMode: false,
  })
  if (format !== 'xlsx') return stream
  const made = now()
  return workbookOf(stream, columns, {
    title: 'Orders shared with me',
    made,
    facts: [
      ['Table', 'Orders shared with me'],
      ['As of', readInstant(made)],
      ['Made by', `${person.name} (${person.email})`],
    ],
  })
}
