import type { Metadata } from 'next'
import { OverviewBody } from '@/app/overview-body'
import { Reports } from '@/components/overview/reports'
import { Page } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { Invalid } from '@/lib/errors'
import { rowsOf } from '@/lib/overview/links'
import { parseOverview } from '@/lib/overview/schema'
import { overview } from '@/lib/paths'
import { reportLinks } from '@/lib/reports/links'
import type { Params } from '@/lib/table/parse'

export const metadata: Metadata = { title: 'Overview' }

type OverviewPageProps = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

export default async function OverviewPage({ params, searchParams }: OverviewPageProps) {
  const viewer = await getViewer((await params).domain)
  const { state, problems } = parseOverview(await searchParams)
  if (problems.length > 0) throw new Invalid(problems)
  const { domain } = viewer.account
  const reports = reportLinks(viewer, state)
  return (
    <Page>
      <OverviewBody viewer={viewer} state={state} path={overview(domain)} rowsHref={rowsOf(domain)}>
        {reports.length > 0 ? <Reports reports={reports} /> : null}
      </OverviewBody>
    </Page>
  )
}
