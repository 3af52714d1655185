import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ApplyForm } from '@/components/importing/apply-form'
import { ChangeTable } from '@/components/importing/change-table'
import { Reading, Rejected, StateNotice } from '@/components/importing/run-parts'
import { LinkButton } from '@/components/ui/link-button'
import { Pager } from '@/components/ui/pager'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { Tile } from '@/components/ui/tile'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import { importRunOf } from '@/lib/importing/queries'
import { PAGE_SIZE, type RunDetail } from '@/lib/importing/run-reader'
import { runId } from '@/lib/importing/schema'
import { readInstant } from '@/lib/overview/words'
import { device, devices, eventsAbout, importRun, imports, reconciliation } from '@/lib/paths'
import { applyRun } from '../actions'

export const metadata: Metadata = { title: 'Import' }

type RunPageProps = {
  params: Promise<{ domain: string; run: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function RunPage({ params, searchParams }: RunPageProps) {
  const { domain: given, run: number } = await params
  const viewer = await getViewer(given)
  const id = runId.safeParse(number)
  const page = runId.safeParse((await searchParams)['page'] ?? 1)
  if (!(can(viewer, 'import') && id.success)) notFound()
  const run = await importRunOf(viewer, id.data, page.success ? page.data : 1)
  if (!run) notFound()
  const { domain } = viewer.account
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: 'Imports', href: imports(domain) }, { label: run.fileName }]} />}
        title={run.fileName}
        summary={run.formatName}
        asOf={`Checked ${readInstant(run.startedAt)} by ${run.by}`}
        actions={
          <>
            <LinkButton href={eventsAbout(domain, 'import', run.id)} icon="events">
              Events of this import
            </LinkButton>
            {run.differing > 0 ? (
              <LinkButton href={reconciliation(domain)} icon="check">
                Reconciliation
              </LinkButton>
            ) : null}
            {run.state === 'applied' ? (
              <LinkButton href={devices(domain)} look="primary" icon="device">
                Open the devices
              </LinkButton>
            ) : null}
          </>
        }
      />
      <StateNotice run={run} appliedAt={run.appliedAt && readInstant(run.appliedAt)} />
      <Counts run={run} />
      {run.state === 'waiting' && run.isMine ? (
        <ApplyForm action={applyRun.bind(null, domain, run.id)} label={applyText(run)} />
      ) : null}
      {run.problems.total > 0 ? <Rejected problems={run.problems} unit={run.unit} /> : null}
      <Changes run={run} domain={domain} />
      {run.reading ? <Reading reading={run.reading} unit={run.unit} /> : null}
    </Page>
  )
}

function Counts({ run: { added, changed, unchanged, rejected } }: { run: RunDetail }) {
  const counts = [
    ['Rows that add', added],
    ['Rows that change', changed],
    ['Rows without news', unchanged],
    ['Rows left out', rejected],
  ] as const
  return (
    <div className="tiles">
      {counts.map(([label, count]) => (
        <Tile key={label} label={label} value={count.toLocaleString('en-US')} />
      ))}
    </div>
  )
}

/** What only differs changes nothing yet. */
function applyText(run: RunDetail): string {
  const total = run.changes.total - run.differing
  if (total > 0) return `Apply ${total === 1 ? '1 change' : `${total.toLocaleString('en-US')} changes`}`
  return run.differing === 1
    ? 'Keep 1 difference for a decision'
    : `Keep ${run.differing.toLocaleString('en-US')} differences for a decision`
}

function changesText({ changes: { total } }: RunDetail): string {
  return total === 1 ? '1 change' : `${total.toLocaleString('en-US')} changes`
}

function Changes({ run, domain }: { run: RunDetail; domain: string }) {
  const { rows, total, page, pages } = run.changes
  if (total === 0) return null
  const first = (page - 1) * PAGE_SIZE + 1
  const shown = `${first.toLocaleString('en-US')}–${(first + rows.length - 1).toLocaleString('en-US')} of ${changesText(run)}`
  return (
    <Card id="changes" title={run.changeSetId ? `What changed (change set ${run.changeSetId})` : 'What would change'}>
      <ChangeTable
        changes={rows}
        hrefOf={(id) => device(domain, id)}
        unit={run.changeSetId === null ? run.unit : null}
      />
      <Pager summary={shown} page={page} pages={pages} href={(to) => `${importRun(domain, run.id)}?page=${to}`} />
    </Card>
  )
}
