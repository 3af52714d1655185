import 'server-only'
import { pipeline, type Readable } from 'node:stream'
import { asUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { Invalid, NotFound } from '@/lib/errors'
import { tableOf } from '@/lib/resources/all'
import { eventNames } from '@/lib/resources/event-names'
import { eventLog } from '@/lib/resources/events'
import { countTable } from '@/lib/table/counts'
import { ownLayout } from '@/lib/table/kept-layout'
import type { Layout } from '@/lib/table/layout'
import { type Params, parseTable, type TableQuery } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { layoutUnder } from '@/lib/views/list-views'
import { viewsOf } from '@/lib/views/queries'
import { exportColumns } from './columns'
import { copyAs, type Way } from './copy'
import { copyText } from './copy-text'
import { aboutOf } from './facts'
import { type Extent, type Format, LARGE_ROWS } from './formats'
import { behindPages } from './pages-first'
import { exportRows } from './rows'
import { workbookOf } from './workbook'
import { csvHeader, RowWriter } from './write-rows'

/** What is to be exported: a table under the parameters of its address, in a person's layout. `isCapped`: nobody counted all rows. */
export type TableExport = {
  resource: Resource
  query: TableQuery
  layout: Layout
  rows: number
  isCapped: boolean
  way: Way
}

/**
 * Reads what an address of a tab asks for, with how many rows that are. Rejects with NotFound where the viewer has no
 * such table or may not take it out, with Invalid where a parameter is bad.
 */
export async function readExport(viewer: Viewer, tab: string, params: Params): Promise<TableExport> {
  const { resource: found, problems } = tableOf(tab, params)
  if (!(found && can(viewer, 'export')) || (found.view && !can(viewer, 'agreements.see')))
    throw new NotFound('There is no such table.')
  const resource = tab === 'events' ? eventLog(await eventNames(viewer, params)) : found
  const { query, problems: others } = parseTable(resource, params)
  if (problems.length + others.length > 0) throw new Invalid([...problems, ...others])
  const whole = { ...query, page: 1 }
  const { total, all, isCapped } = await asUser(viewer, (reader) =>
    countTable(reader, resource, viewer, whole, today(), []),
  )
  const layout = layoutUnder(resource, whole, viewsOf(viewer, resource), ownLayout(viewer, resource))
  // The planner would find all of them first and sort them before the first one comes; of a few that is the quicker way.
  const isMost = viewer.scope.kind === 'account' && !isCapped && total >= all / 2
  const way = isMost ? 'along its index' : 'as planned'
  return { resource, query: whole, layout, rows: isCapped ? LARGE_ROWS + 1 : total, isCapped, way }
}

/**
 * All rows of it as a file, as they come: by the database itself where it knows all words, else by way of RowWriter. Nothing
 * is held of it; whoever destroys the stream ends the reading.
 */
export async function streamTable(
  viewer: Viewer,
  { resource, query, layout, way }: Pick<TableExport, 'resource' | 'query' | 'layout' | 'way'>,
  format: Format,
  extent: Extent,
  onRows?: (chunk: Buffer) => void,
): Promise<Readable> {
  const columns = exportColumns(resource, viewer, layout, extent)
  const rows = exportRows(resource, viewer, query, today(), columns)
  const isWorded = columns.some(({ words }) => words)
  const copied = await copyAs(viewer, copyText(rows, columns, isWorded ? 'values' : format), way)
  const read = joined(copied, behindPages())
  const written = isWorded ? joined(read, new RowWriter(columns, format)) : read
  if (onRows) written.on('data', onRows).pause()
  if (format === 'xlsx') return workbookOf(written, columns, aboutOf(resource, viewer, query))
  if (format === 'csv') written.unshift(Buffer.from(csvHeader(columns)))
  return written
}

/** Ends together, whichever of them ends first. */
function joined<T extends NodeJS.ReadWriteStream & Readable>(from: Readable, through: T): T {
  // The error is the second one's too: whoever reads it is told.
  pipeline(from, through, () => undefined)
  return through
}
