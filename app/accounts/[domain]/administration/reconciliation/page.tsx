import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DecideForm } from '@/components/importing/decide-form'
import { DifferenceCard } from '@/components/importing/difference-card'
import { Empty } from '@/components/ui/feedback'
import { Pager } from '@/components/ui/pager'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import { INBOX_SIZE, inboxOf } from '@/lib/importing/inbox'
import { runId } from '@/lib/importing/schema'
import { readInstant } from '@/lib/overview/words'
import { device, importRun, imports, reconciliation } from '@/lib/paths'
import { decide } from './actions'

export const metadata: Metadata = { title: 'Reconciliation' }

type ReconciliationProps = {
  params: Promise<{ domain: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ReconciliationPage({ params, searchParams }: ReconciliationProps) {
  const viewer = await getViewer((await params).domain)
  if (!can(viewer, 'import')) notFound()
  const { domain } = viewer.account
  const asked = runId.safeParse((await searchParams)['page'] ?? 1)
  const { rows, total, page, pages } = await inboxOf(viewer, asked.success ? asked.data : 1)
  const first = (page - 1) * INBOX_SIZE + 1
  const shown = `${first.toLocaleString('en-US')}–${(first + rows.length - 1).toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: 'Imports', href: imports(domain) }, { label: 'Reconciliation' }]} />}
        title="Reconciliation"
        summary="Where a file says otherwise than a source that is trusted as much or more. Nothing changes until you decide."
      />
      {rows.length === 0 ? (
        <Empty kind="nothing" icon="check" title="Nothing to decide">
          When an import differs from a more trusted source, both values are kept here for you to choose.
        </Empty>
      ) : (
        <>
          {rows.length > 1 ? (
            <Card id="together" title={`All ${rows.length} of this page together`}>
              <DecideForm
                action={decide.bind(
                  null,
                  domain,
                  rows.map(({ id }) => id),
                )}
                what={`all ${rows.length}`}
              />
            </Card>
          ) : null}
          {rows.map((row) => (
            <DifferenceCard
              key={row.id}
              difference={row}
              {...(row.subject === 'device' && { href: device(domain, row.subjectId) })}
              fileHref={importRun(domain, row.incoming.run)}
              readInstant={readInstant}
            >
              <DecideForm action={decide.bind(null, domain, [row.id])} what={row.name} />
            </DifferenceCard>
          ))}
          <Pager summary={shown} page={page} pages={pages} href={(to) => `${reconciliation(domain)}?page=${to}`} />
        </>
      )}
    </Page>
  )
}
