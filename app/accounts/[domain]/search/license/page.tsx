import type { Metadata } from 'next'
import { FoundList } from '@/components/search/found-list'
import { LeadCard } from '@/components/search/lead-card'
import { SearchForm } from '@/components/search/search-form'
import { Empty } from '@/components/ui/feedback'
import { Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import * as paths from '@/lib/paths'
import { findLicenses, LEADS_AT_MOST } from '@/lib/search/find-license'
import { identifiersOf } from '@/lib/search/identifiers'
import { lookUp } from '@/lib/search/lookup'
import { parseSearch } from '@/lib/search/schema'
import type { Params } from '@/lib/table/parse'

export const metadata: Metadata = { title: 'Find my license' }

type FindPageProps = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

/** From an order number, a PAK, a serial number or a SKU to where the license is, why it cannot be used, and what to do. */
export default async function FindLicensePage({ params, searchParams }: FindPageProps) {
  const viewer = await getViewer((await params).domain)
  const text = parseSearch(await searchParams)
    .q.normalize('NFKC')
    .replaceAll('\0', '')
    .trim()
    .slice(0, 200)
  const { domain } = viewer.account
  const [{ leads, isCut }, [known]] = await Promise.all([
    findLicenses(viewer, text),
    lookUp(viewer, identifiersOf(text).identifiers.slice(0, 1)),
  ])
  // What the identifier itself is; licenses stand below with more said of them.
  const things = (known?.found ?? []).filter(({ kind }) => kind !== 'licenses')
  return (
    <Page>
      <PageHeader
        title="Find my license"
        summary="From an order, a PAK, a serial number or a SKU to the license, who holds it, and what to do next"
      />
      <SearchForm
        action={paths.findLicense(domain)}
        q={text}
        label="Order, PAK, serial number or SKU"
        hint="Order, PAK, serial number or SKU"
        submit="Find"
      />
      {things.length > 0 ? (
        <Card id="identifier" title={`What “${text}” is`}>
          <FoundList hits={things} />
        </Card>
      ) : null}
      {text !== '' ? (
        <p role="status" className="text-ink-muted">
          {countOf(leads.length, isCut)}
        </p>
      ) : null}
      {leads.map((lead) => (
        <LeadCard key={lead.id} lead={lead} href={paths.license(domain, lead.id)} />
      ))}
      {text !== '' && leads.length === 0 ? (
        <div className="card">
          <NoLicense text={text} isKnown={things.length > 0} />
        </div>
      ) : null}
    </Page>
  )
}

function countOf(n: number, isCut: boolean): string {
  if (n === 0) return 'No license found'
  if (isCut) return `The first ${LEADS_AT_MOST} licenses; there are more`
  return n === 1 ? '1 license' : `${n} licenses`
}

function NoLicense({ text, isKnown }: { text: string; isKnown: boolean }) {
  if (isKnown) {
    return (
      <Empty kind="nothing" title="No license that you can see belongs to it">
        Open it above: an order may be on hold or not delivered yet, a PAK not fulfilled, and a device may use no
        license.
      </Empty>
    )
  }
  return (
    <Empty kind="no-match" title={`“${text}” is not known here`}>
      It may not exist, or lie outside of what you can see. Type an order number, PAK, serial number, subscription or
      SKU whole, as it stands on the order confirmation or the device.
    </Empty>
  )
}
