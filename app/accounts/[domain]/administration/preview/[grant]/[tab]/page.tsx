import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { viewerWho } from '@/app/form-steps'
import { OverviewBody } from '@/app/overview-body'
import { SeenTable } from '@/components/administration/seen-table'
import { Empty, Notice } from '@/components/ui/feedback'
import { Link } from '@/components/ui/link'
import { Page, PageHeader } from '@/components/ui/surface'
import type { Viewer } from '@/lib/access/viewer'
import { previewGrant } from '@/lib/administration/grant-preview'
import { readGrant } from '@/lib/administration/preview-address'
import { rowsAt } from '@/lib/overview/links'
import { parseOverview } from '@/lib/overview/schema'
import { decoded, grantPreview } from '@/lib/paths'
import { tables } from '@/lib/resources/all'
import { eventNames } from '@/lib/resources/event-names'
import { eventLog } from '@/lib/resources/events'
import { loadTable } from '@/lib/table/load'
import { type Params, parseTable } from '@/lib/table/parse'

export const metadata: Metadata = { title: 'Preview' }

type Props = {
  params: Promise<{ domain: string; grant: string; tab: string }>
  searchParams: Promise<Params>
}

/** What somebody would see with a grant, as their own view: to be read, and nothing else. */
export default async function PreviewPage({ params, searchParams }: Props) {
  const { domain: given, grant: text, tab } = await params
  const viewer = await viewerWho('users.manage', given)
  const grant = readGrant(decoded(text) ?? '')
  const preview = grant && (await previewGrant(viewer, grant))
  if (!preview || !(tab === 'overview' || Object.hasOwn(tables, tab))) notFound()
  const { domain } = viewer.account
  const href = (to: string) => grantPreview(domain, decoded(text) ?? '', to)
  const label = (name: string) => tables[name]?.noun.many ?? 'Overview'
  return (
    <Page>
      <Notice tone="warn" title="Preview: nothing has been given">
        {preview.what} This is what they would see, with what they have already. Everything here is to be read only.
      </Notice>
      <nav className="tabs" aria-label="What they would see">
        {['overview', ...Object.keys(tables)].map((name) => (
          <Link key={name} href={href(name)} className="tab" {...(name === tab && { 'aria-current': 'page' })}>
            {label(name).replace(/^./, (letter) => letter.toUpperCase())}
          </Link>
        ))}
      </nav>
      {preview.as ? (
        <Seen as={preview.as} tab={tab} given={await searchParams} href={href} />
      ) : (
        <div className="card">
          <Empty kind="nothing" icon="lock" title="They would see nothing" level={1}>
            The role opens no assets of the account.
          </Empty>
        </div>
      )}
    </Page>
  )
}

type SeenProps = { as: Viewer; tab: string; given: Params; href: (tab: string) => string }

async function Seen({ as, tab, given, href }: SeenProps) {
  if (tab === 'overview') {
    const { state, problems } = parseOverview(given)
    if (problems.length > 0) notFound()
    return <OverviewBody viewer={as} state={state} path={href(tab)} rowsHref={rowsAt(href)} />
  }
  const resource = tab === 'events' ? eventLog(await eventNames(as, given)) : tables[tab]
  if (!resource || parseTable(resource, given).problems.length > 0) notFound()
  const { view } = await loadTable(as, resource, given, href(tab))
  return (
    <>
      <PageHeader
        title={view.noun.many.replace(/^./, (letter) => letter.toUpperCase())}
        summary={<span role="status">{view.shown}</span>}
      />
      <SeenTable view={view} />
    </>
  )
}
