import { EventView } from '@/components/events/event-view'
import { RecordDrawer } from '@/components/ui/record-page'
import { type EventProps, openEvent } from '../../../open-event'

/** An event over the list that it was opened from. */
export default async function EventDrawer(props: EventProps) {
  const { detail, at, view, hrefOf, listHref, previousHref, nextHref } = await openEvent(props)
  return (
    <RecordDrawer
      key={detail.seq}
      title={detail.title}
      summary={`Event ${detail.seq.toLocaleString('en-US')} · ${at}`}
      listHref={listHref}
      pageHref={hrefOf(detail.seq)}
      rowId={detail.seq}
      previousHref={previousHref}
      nextHref={nextHref}
    >
      <EventView {...view} />
    </RecordDrawer>
  )
}
