import { connect, type Reading } from '@/db/client'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { takeServerSettings } from '@/lib/env'
import { readOverview } from '@/lib/overview/queries'
import { parseOverview } from '@/lib/overview/schema'
import { devices } from '@/lib/resources/devices'
import { lookUp } from '@/lib/search/lookup'
import { search } from '@/lib/search/queries'
import { IN_GROUP } from '@/lib/search/schema'
import { parseTerms } from '@/lib/search/terms'
import { ownLayout } from '@/lib/table/kept-layout'
import { readTable, shownFacets } from '@/lib/table/load'
import { neighbours } from '@/lib/table/neighbours'
import { type Params, parseTable } from '@/lib/table/parse'
import { planningOfCounts } from '@/lib/table/plans'
import type { Resource } from '@/lib/table/resource'
import { serverSecrets } from '../own-secrets'
import type { ListAnswer } from './answer'
import { underWatch } from './stopwatch'

const pool = globalThis as typeof globalThis & { licenseCentralPool?: ReturnType<typeof connect> }

/** Makes the product read from this database, over one connection, until the next call. */
export async function readFrom(appUrl: string): Promise<void> {
  takeServerSettings({ ...serverSecrets(), DATABASE_URL: appUrl, NEXTAUTH_URL: 'http://127.0.0.1' })
  await pool.licenseCentralPool?.end()
  pool.licenseCentralPool = underWatch(connect(appUrl, { max: 1, statementTimeout: 60_000 }))
}

function queryOf(params: Params, resource: Resource = devices) {
  const { query, problems } = parseTable(resource, params)
  if (problems.length > 0) throw new Error(problems.join(' '))
  return query
}

/** What lib/table/load.ts reads for a page of Devices, without making the view of it. */
export const readList = (viewer: Viewer, params: Params) => readRows(viewer, devices, params)

/** The same of any tab. */
export function readRows(viewer: Viewer, resource: Resource, params: Params): Promise<ListAnswer> {
  const query = queryOf(params, resource)
  const facets = shownFacets(resource, params)
  const asked = { resource, viewer, query, day: today(), layout: ownLayout(viewer, resource), facets }
  const read: Reading<ListAnswer> = async (reader, allAsked) => {
    const { counts, rows } = await readTable(reader, asked, allAsked)
    const counted = Object.entries(counts.facets).flatMap(([name, values]) =>
      Object.entries(values).map(([value, n]) => [`${name}=${value}`, Number(n)] as const),
    )
    return {
      ids: rows.map((row) => Number(row['id'])),
      total: counts.total,
      isCapped: counts.isCapped,
      facets: Object.fromEntries(counted),
      uncounted: facets.filter((name) => !counts.facets[name]),
    }
  }
  return asUser(viewer, read, planningOfCounts(resource, query))
}

export function readNeighbours(viewer: Viewer, params: Params, id: number) {
  return asUser(viewer, (reader) => neighbours(reader, devices, viewer, queryOf(params), today(), id))
}

/** What the page of the search reads for these words, and the form of pasted identifiers. */
export const readSearch = (viewer: Viewer, text: string) =>
  search(viewer, parseTerms(text, today()).terms, { offset: 0, size: IN_GROUP })
export const readPasted = (viewer: Viewer, identifiers: readonly string[]) => lookUp(viewer, identifiers)

export function readOverviewOf(viewer: Viewer) {
  return readOverview(viewer, parseOverview({}).state)
}
