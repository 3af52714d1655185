import type { Metadata } from 'next'
import { FoundList } from '@/components/search/found-list'
import { SearchForm } from '@/components/search/search-form'
import { SearchHelp } from '@/components/search/search-help'
import { Empty, Notice } from '@/components/ui/feedback'
import { Link } from '@/components/ui/link'
import { LinkButton } from '@/components/ui/link-button'
import { Pager } from '@/components/ui/pager'
import { Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { Invalid } from '@/lib/errors'
import * as paths from '@/lib/paths'
import { type Group, groupOf } from '@/lib/search/hits'
import { search } from '@/lib/search/queries'
import { IN_GROUP, ON_PAGE, parseSearch } from '@/lib/search/schema'
import { isNothing, type Kind, kinds, parseTerms } from '@/lib/search/terms'
import type { Params } from '@/lib/table/parse'

export const metadata: Metadata = { title: 'Search' }

type SearchPageProps = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

export default async function SearchPage({ params, searchParams }: SearchPageProps) {
  const viewer = await getViewer((await params).domain)
  const { q, type, page, problems } = parseSearch(await searchParams)
  if (problems.length > 0) throw new Invalid(problems)
  const { terms, problems: misread } = parseTerms(q, today())
  const { domain } = viewer.account
  const asked = type ? { ...terms, types: [type] } : terms
  const isAsked = !isNothing(terms) && misread.length === 0
  const groups = isAsked ? await groupsOf(viewer, asked, type, page) : []
  return (
    <Page>
      <PageHeader title={type ? kinds[type].many : 'Search'} summary={summaryOf(q, groups, isAsked)} />
      <SearchForm
        action={paths.search(domain)}
        q={q}
        type={type}
        label="Search this Smart Account"
        hint="Serial, order, contract, license…"
        submit="Search"
      />
      {misread.length > 0 ? (
        <Notice tone="warn" title="This search cannot be understood" live>
          {misread.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Notice>
      ) : null}
      {groups.map((group) => (
        <GroupCard key={group.kind} group={group} domain={domain} q={q} page={type ? page : null} />
      ))}
      {isAsked && groups.length === 0 ? <Nothing domain={domain} q={q} /> : null}
      {isAsked ? null : (
        <SearchHelp
          pasteHref={paths.lookUp(domain)}
          licenseHref={paths.findLicense(domain)}
          exampleHref={(example) => searchHref(domain, example)}
        />
      )}
    </Page>
  )
}

async function groupsOf(viewer: Viewer, terms: Parameters<typeof search>[1], type: Kind | undefined, page: number) {
  const size = type ? ON_PAGE : IN_GROUP
  const found = await search(viewer, terms, { offset: (page - 1) * size, size })
  return found.map((one) => groupOf(viewer, one, terms, size))
}

const searchHref = (domain: string, q: string, type?: Kind, page = 1) =>
  `${paths.search(domain)}?${new URLSearchParams({ q, ...(type && { type }), ...(page > 1 && { page: String(page) }) })}`

function summaryOf(q: string, groups: readonly Group[], isAsked: boolean) {
  if (!isAsked) return 'Everything that you can see in this Smart Account'
  const parts = groups.map(({ label, total }) => `${total} ${label.toLowerCase()}`)
  return <span role="status">{`“${q.trim()}”: ${parts.length > 0 ? parts.join(', ') : 'nothing found'}`}</span>
}

type GroupCardProps = { group: Group; domain: string; q: string; page: number | null }

/** The best of a kind, or with `page` a page of all of it. */
function GroupCard({ group, domain, q, page }: GroupCardProps) {
  const { kind, label, total, pages, hits, listHref } = group
  const actions = (
    <span className="flex flex-wrap gap-x-4">
      {page === null ? (
        <Link href={searchHref(domain, q, kind)} className="link">
          All {total} {label.toLowerCase()}
        </Link>
      ) : (
        <Link href={searchHref(domain, q)} className="link">
          All kinds
        </Link>
      )}
      {listHref ? (
        <Link href={listHref} className="link">
          Open as a list
        </Link>
      ) : null}
    </span>
  )
  return (
    <Card id={kind} title={`${label} (${total})`} actions={actions}>
      {hits.length > 0 ? <FoundList hits={hits} /> : <p className="text-ink-muted">There is nothing on this page.</p>}
      {page !== null && pages > 1 ? (
        <Pager
          summary={`Page ${page} of ${pages}`}
          page={page}
          pages={pages}
          href={(other) => searchHref(domain, q, kind, other)}
        />
      ) : null}
    </Card>
  )
}

function Nothing({ domain, q }: { domain: string; q: string }) {
  return (
    <div className="card">
      <Empty
        kind="no-match"
        title={`Nothing is found for “${q.trim()}”`}
        actions={
          <>
            <LinkButton href={`${paths.findLicense(domain)}?${new URLSearchParams({ q })}`}>Find my license</LinkButton>
            <LinkButton href={paths.lookUp(domain)}>Paste many identifiers</LinkButton>
          </>
        }
      >
        It may not exist, or lie outside of what you can see. Check the spelling, or search for a part of it. A PAK is
        found by the whole of it only.
      </Empty>
    </div>
  )
}
