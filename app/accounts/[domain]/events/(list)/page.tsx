import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ChainState } from '@/components/events/chain-state'
import { SignedExport } from '@/components/events/signed-export'
import { TablePage } from '@/components/table/table-page'
import { getViewer } from '@/lib/access/signed-in'
import { exportKey } from '@/lib/changes/signed-export'
import { chainHead } from '@/lib/changes/verify'
import { pack } from '@/lib/packed'
import * as paths from '@/lib/paths'
import { eventNames } from '@/lib/resources/event-names'
import { eventLog } from '@/lib/resources/events'
import { formSearch, hasRangeEnds } from '@/lib/table/form-search'
import { loadTable } from '@/lib/table/load'
import { type Params, valuesOf } from '@/lib/table/parse'
import { ListPanel } from '../../list-panel'
import { verifyPart } from '../actions'

export const metadata: Metadata = { title: 'Event Log' }

type Props = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

export default async function EventsPage({ params, searchParams }: Props) {
  const viewer = await getViewer((await params).domain)
  const given = await searchParams
  const { domain } = viewer.account
  const path = paths.events(domain)
  if (hasRangeEnds(Object.keys(given))) redirect(`${path}${formSearch(entriesOf(given))}`)
  const [names, head] = await Promise.all([eventNames(viewer, given), chainHead(viewer)])
  const log = eventLog(names)
  const key = exportKey()
  const { view, panel } = await loadTable(viewer, log, given, path)
  return (
    <div className="event-log">
      <TablePage
        title="Event Log"
        view={pack(view)}
        switches={
          head ? (
            <>
              <ChainState last={head.seq} verify={verifyPart.bind(null, domain)}>
                <p>
                  Newest event <b>{head.seq.toLocaleString('en-US')}</b>, hash{' '}
                  <span className="identifier" title={head.hash}>
                    {head.hash.slice(0, 16)}…
                  </span>
                </p>
              </ChainState>
              {key ? <SignedExport action={paths.signedEvents(domain)} last={head.seq} exportKey={key} /> : null}
            </>
          ) : null
        }
        panel={<ListPanel panel={panel} view={view} domain={domain} tab="events" params={given} />}
      />
    </div>
  )
}

const entriesOf = (given: Params) =>
  Object.keys(given).flatMap((name) => valuesOf(given, name).map((value) => [name, value] as const))
