import { notFound } from 'next/navigation'
import { getViewer } from '@/lib/access/signed-in'
import { undoableOf } from '@/lib/assignment/undo'
import { readInstant } from '@/lib/overview/words'
import * as paths from '@/lib/paths'
import { type EventDetail, loadEvent } from '@/lib/resources/event-detail'
import { THING } from '@/lib/resources/event-things'
import { events } from '@/lib/resources/events'
import { toSearch } from '@/lib/table/href'
import { type Params, parseTable, valuesOf } from '@/lib/table/parse'
import { undoChange } from '../assign/actions'
import { addNote } from './actions'

export type EventProps = {
  params: Promise<{ domain: string; seq: string }>
  searchParams: Promise<Params>
}

/** The event of an address and its place in the list that the parameters describe; 404 where there is none for the viewer. */
export async function openEvent({ params, searchParams }: EventProps) {
  const given = await params
  const viewer = await getViewer(given.domain)
  const search = await searchParams
  const [page = '1'] = valuesOf(search, 'changes')
  const seq = paths.idOf(given.seq)
  if (seq === null || !/^[1-9]\d{0,6}$/.test(page)) notFound()
  const { query, problems } = parseTable(events, search)
  if (problems.length > 0) notFound()
  const detail = await loadEvent(viewer, seq, query, Number(page))
  if (!detail) notFound()
  const undoable = detail.changeSet ? await undoableOf(viewer, detail.changeSet.id) : null
  const { domain } = viewer.account
  const list = toSearch(events, query)
  const hrefOf = (seq: number) => `${paths.event(domain, seq)}${list}`
  const hrefOrNone = (seq: number | null) => (seq === null ? undefined : hrefOf(seq))
  const links = {
    device: (id: number) => paths.device(domain, id),
    thing: thingHref(domain, detail),
    about: aboutHref(domain, detail),
    notes: paths.eventsAbout(domain, 'event', detail.seq),
    importRun: detail.importRun === null ? undefined : paths.importRun(domain, detail.importRun),
    changes: (to: number) => `${hrefOf(detail.seq)}${list ? '&' : '?'}changes=${to}`,
  }
  return {
    detail,
    at: readInstant(detail.at),
    hrefOf,
    // The key stays for each submission of the form that is shown, and is another one for the next note.
    view: {
      ...{ detail, readInstant, addNote: addNote.bind(null, domain, seq, crypto.randomUUID()), links },
      undo:
        undoable && detail.changeSet
          ? {
              action: undoChange.bind(null, domain, detail.changeSet.id, crypto.randomUUID()),
              isUndone: undoable.isUndone,
            }
          : null,
    },
    listHref: `${paths.events(domain)}${list}`,
    previousHref: hrefOrNone(detail.neighbours.previous),
    nextHref: hrefOrNone(detail.neighbours.next),
  }
}

/** The log of what an event is about, where that has one; a note has the page of its event. */
function aboutHref(domain: string, { subject, subjectId, thing }: EventDetail): string | undefined {
  const hasLog = thing && subjectId !== null && subject !== 'event' && THING.test(`${subject}:${subjectId}`)
  return hasLog ? paths.eventsAbout(domain, subject, subjectId) : undefined
}

/** The page of what an event is about, where it has one. */
function thingHref(domain: string, { subject, subjectId, thing }: EventDetail): string | undefined {
  if (!thing || subjectId === null) return undefined
  if (subject === 'device') return paths.device(domain, subjectId)
  if (subject === 'license') return paths.license(domain, subjectId)
  if (subject === 'event') return paths.event(domain, subjectId)
  if (subject === 'order') return paths.order(domain, thing.name)
  return undefined
}
