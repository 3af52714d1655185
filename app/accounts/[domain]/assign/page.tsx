import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ChooseForm } from '@/components/assignment/choose-form'
import { ListForm } from '@/components/assignment/list-form'
import { Notice } from '@/components/ui/feedback'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { readChosen } from '@/lib/assignment/chosen-licenses'
import { targetsOf } from '@/lib/assignment/targets'
import { placeText } from '@/lib/assignment/words'
import * as paths from '@/lib/paths'
import { type ChosenRows, chosenRows } from '@/lib/resources/chosen-rows'
import { type Params, valuesOf } from '@/lib/table/parse'
import { planList, planRows } from './actions'

export const metadata: Metadata = { title: 'Edit Virtual Account assignment' }

type Props = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

/** Where chosen rows go; without any, what a file or a pasted list names. */
export default async function AssignPage({ params, searchParams }: Props) {
  const viewer = await getViewer((await params).domain)
  if (!can(viewer, 'assign')) notFound()
  const given = await searchParams
  const named = ['chosen', 'of'].some((name) => valuesOf(given, name).length > 0)
  const rows = named ? await chosenRows(viewer, given) : null
  if (named && !rows) notFound()
  if (!rows) return <FromList viewer={viewer} />
  const chosen = await readChosen(viewer, rows)
  if (chosen.total === 0) notFound()
  return <Chosen viewer={viewer} rows={rows} search={searchOf(given)} {...chosen} />
}

/** What names the rows, for the form. */
const searchOf = (given: Params) =>
  new URLSearchParams(
    ['chosen', 'of', 'id', 'match'].flatMap((name) => valuesOf(given, name).map((value) => [name, value])),
  ).toString()

type ChosenProps = Awaited<ReturnType<typeof readChosen>> & { viewer: Viewer; rows: ChosenRows; search: string }

function Chosen({ viewer, rows, search, total, licenses }: ChosenProps) {
  const { domain } = viewer.account
  const { noun } = rows.resource
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: capital(noun.many), href: rows.listHref }, { label: 'Assignment' }]} />}
        title="Edit Virtual Account assignment"
        summary={`${total.toLocaleString('en-US')} ${total === 1 ? noun.one : noun.many} chosen`}
      />
      {rows.tab === 'orders' && viewer.account.type === 'HOLDING' ? (
        <Notice title="This is a holding account">
          Here an order goes to a Virtual Account of the holding account.{' '}
          <a href={`${paths.handOver(domain)}?${search}`} className="link">
            Assign it to a customer’s Smart Account instead
          </a>
        </Notice>
      ) : null}
      <Card id="target" title="Where to">
        <ChooseForm
          action={planRows.bind(null, domain, search)}
          targets={targetsOf(viewer)}
          licenses={licenses.map((license) => ({ ...license, where: placeText(license.place, viewer) }))}
          withLines={rows.tab === 'devices'}
        />
      </Card>
    </Page>
  )
}

function FromList({ viewer }: { viewer: Viewer }) {
  const { domain } = viewer.account
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: 'Organize', href: paths.organize(domain) }, { label: 'From a list' }]} />}
        title="Assign from a list"
        summary="Devices by serial number, host name or instance number, licenses by SKU. Nothing moves before the review."
      />
      <Card id="list" title="What goes where">
        <ListForm action={planList.bind(null, domain)} />
      </Card>
    </Page>
  )
}

const capital = (text: string) => text.replace(/^./, (letter) => letter.toUpperCase())
