import type { Metadata } from 'next'
import { EventView } from '@/components/events/event-view'
import { RecordPage } from '@/components/ui/record-page'
import { type EventProps, openEvent } from '../open-event'

export const metadata: Metadata = { title: 'Event' }

/** An event on a page of its own: after a reload, by a link that was sent, or without JavaScript. */
export default async function EventPage(props: EventProps) {
  const { detail, at, view, listHref, previousHref, nextHref } = await openEvent(props)
  const number = `Event ${detail.seq.toLocaleString('en-US')}`
  return (
    <RecordPage
      title={detail.title}
      crumb={number}
      summary={`${number} · ${at}`}
      label="Event Log"
      listHref={listHref}
      previousHref={previousHref}
      nextHref={nextHref}
    >
      <EventView {...view} />
    </RecordPage>
  )
}
