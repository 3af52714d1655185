import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { FilterPanel } from '@/components/table/filter-panel'
import { TablePage } from '@/components/table/table-page'
import { Empty } from '@/components/ui/feedback'
import { Page, PageHeader } from '@/components/ui/surface'
import { getPerson } from '@/lib/access/signed-in'
import { pack } from '@/lib/packed'
import { userView } from '@/lib/paths'
import { loadSharedList } from '@/lib/sharing/shared-list'
import { sharedTable } from '@/lib/sharing/shared-table'
import { sharedFilters, sharedView } from '@/lib/sharing/shared-view'
import { formSearch, hasRangeEnds } from '@/lib/table/form-search'
import { type Params, parseTable, valuesOf } from '@/lib/table/parse'

const TITLE = 'Orders shared with me'
export const metadata: Metadata = { title: TITLE }

/** The User View: orders that were shared with the person, or that name them as eDelivery contact. */
export default async function SharedOrdersPage({ searchParams }: { searchParams: Promise<Params> }) {
  const person = await getPerson()
  const given = await searchParams
  if (hasRangeEnds(Object.keys(given))) redirect(`${userView()}${formSearch(entriesOf(given))}`)
  const { query, problems } = parseTable(sharedTable, given)
  if (problems.length > 0) notFound()
  const found = await loadSharedList(person, query)
  if (found.whole === 0) return <Nothing />
  const view = sharedView(query, found, userView())
  const isOpen = valuesOf(given, 'panel').includes('filters')
  return (
    <TablePage
      title={TITLE}
      view={pack(view)}
      panel={isOpen ? <FilterPanel filters={sharedFilters(query, view)} view={view} /> : null}
    />
  )
}

function Nothing() {
  return (
    <Page>
      <PageHeader title={TITLE} />
      <div className="card">
        <Empty kind="nothing" icon="order" title="Nothing is shared with you">
          When somebody gives you access to an order, its lines or assets, or an order names you as eDelivery contact,
          it shows here.
        </Empty>
      </div>
    </Page>
  )
}

const entriesOf = (given: Params) =>
  Object.keys(given).flatMap((name) => valuesOf(given, name).map((value) => [name, value] as const))
