import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ExportTable } from '@/components/exporting/export-table'
import { LiveRefresh } from '@/components/exporting/live-refresh'
import { StartCard } from '@/components/exporting/start-card'
import { Empty } from '@/components/ui/feedback'
import { Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { Invalid, NotFound } from '@/lib/errors'
import { filtersIn, titleOf } from '@/lib/exporting/facts'
import { formats, parseExport } from '@/lib/exporting/formats'
import { exportView } from '@/lib/exporting/job-view'
import { listExports } from '@/lib/exporting/jobs'
import { readExport } from '@/lib/exporting/table-export'
import { readNumber } from '@/lib/table/cells'
import { toSearch } from '@/lib/table/href'
import { type Params, valuesOf } from '@/lib/table/parse'
import { COUNT_CAP } from '@/lib/table/resource'
import { cancelJob, startJob } from './actions'

export const metadata: Metadata = { title: 'My exports' }

type Props = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

/** Exports that are made as jobs: those of the person in this account, and, with `of`, one to be started. */
export default async function ExportsPage({ params, searchParams }: Props) {
  const viewer = await getViewer((await params).domain)
  if (!can(viewer, 'export')) notFound()
  const { domain, name } = viewer.account
  const exports = (await listExports(viewer)).map((row) => exportView(domain, row))
  const isOpen = exports.some((one) => one.isOpen)
  return (
    <Page>
      <PageHeader title="My exports" summary={`Files of ${name} that are made in the background, kept for 24 hours`} />
      <Start viewer={viewer} params={await searchParams} />
      <Card id="exports" title="Exports">
        {exports.length === 0 ? (
          <Empty kind="nothing" icon="download" title="There is no export">
            Open a list and choose Export. What has many rows is made here while you go on working.
          </Empty>
        ) : (
          <ExportTable exports={exports} cancel={(id) => cancelJob.bind(null, domain, id)} />
        )}
      </Card>
      {isOpen ? (
        <>
          <LiveRefresh seconds={2} />
          <noscript>
            <meta httpEquiv="refresh" content="5" />
          </noscript>
        </>
      ) : null}
    </Page>
  )
}

/** The export that an address asks for, before it is started. */
async function Start({ viewer, params }: { viewer: Viewer; params: Params }) {
  const [tab] = valuesOf(params, 'of')
  if (!tab) return null
  const { format, extent, problems } = parseExport(params)
  if (problems.length > 0) notFound()
  const made = await readExport(viewer, tab, params).catch((error: unknown) => {
    if (error instanceof NotFound || error instanceof Invalid) notFound()
    throw error
  })
  const { resource, query, rows, isCapped } = made
  const wanted = { tab, search: toSearch(resource, query).replace(/^\?/, ''), format, extent }
  const facts = [
    ['Table', titleOf(resource)],
    ['Filters', filtersIn(resource, viewer, query) || 'None'],
    ['Rows', isCapped ? `More than ${readNumber(COUNT_CAP)}` : readNumber(rows)],
    ['Columns', extent === 'all' ? 'All' : 'As shown'],
    ['Format', formats[format].label],
  ] as const
  return (
    <Card id="start" title="Start an export">
      <StartCard facts={facts} start={startJob.bind(null, viewer.account.domain, wanted, randomUUID())} />
    </Card>
  )
}
