import type { Sql } from 'postgres'
import { asUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { addNote } from '@/lib/changes/notes'
import { today } from '@/lib/clock'
import { loadEvent } from '@/lib/resources/event-detail'
import { eventNames } from '@/lib/resources/event-names'
import { eventLog, events } from '@/lib/resources/events'
import { countTable } from '@/lib/table/counts'
import { loadTable } from '@/lib/table/load'
import { type Params, parseTable } from '@/lib/table/parse'
import { STRAY } from './fixture-strays'

/** An event of aurora.example and the Virtual Accounts that it touches. */
type Notable = { seq: number; places: number[] }

/** Numbers of events to open in every account, things whose log is asked for, and events to add notes to. */
export type EventThings = {
  numbers: number[]
  things: string[]
  notable: Notable[]
  /** The last event of the account that has the most: in every other one there is none of its number. */
  last: { domain: string; seq: number }
  /** Those about what not all of their viewers see, and the serial number of a device that one is about. */
  strays: { domain: string; seq: number }[]
  serial: string
}

export async function eventThings(owner: Sql): Promise<EventThings> {
  const numbers = await owner<{ seq: number }[]>`
    select distinct seq::int as seq from (
      select seq, row_number() over (partition by smart_account_id, type, virtual_account_ids order by seq) as nth from events) e
    where nth <= 2 union select seq from events where note = ${STRAY} order by 1`
  const things = await owner<{ thing: string }[]>`
    select distinct subject || ':' || subject_id as thing from (
      select subject, subject_id from change_items union select subject, subject_id from events) t
    where subject in ('device', 'order', 'import', 'virtual_account') order by 1 limit 60`
  const notable = await owner<Notable[]>`
    select distinct on (e.virtual_account_ids) e.seq::int as seq, e.virtual_account_ids as places
    from events e join smart_accounts a on a.id = e.smart_account_id
    where a.domain = 'aurora.example' and cardinality(e.virtual_account_ids) < 2 order by e.virtual_account_ids, e.seq`
  const [last] = await owner<{ domain: string; seq: number }[]>`
    select a.domain, e.seq::int as seq from events e join smart_accounts a on a.id = e.smart_account_id order by e.seq desc limit 1`
  const strays = await owner<{ domain: string; seq: number; serial: string | null }[]>`
    select a.domain, e.seq::int as seq, d.serial_number as serial from events e join smart_accounts a on a.id = e.smart_account_id
    left join devices d on e.subject = 'device' and d.smart_account_id = e.smart_account_id and d.id = e.subject_id
    where e.note = ${STRAY} order by e.smart_account_id, e.seq`
  return {
    strays: strays.map(({ domain, seq }) => ({ domain, seq })),
    serial: strays.find(({ serial }) => serial)?.serial ?? '',
    numbers: numbers.map(({ seq }) => seq),
    things: things.map(({ thing }) => thing),
    notable: [...notable],
    last: last ?? { domain: '', seq: 0 },
  }
}

/** The Event Log as its page has it, each event opened, the log of one thing and that of each Virtual Account. */
export function askEvents(
  viewer: Viewer,
  { numbers, things, notable, serial }: EventThings,
  places: readonly number[],
) {
  const { query } = parseTable(events, {})
  const page = async (params: Params) =>
    loadTable(viewer, eventLog(await eventNames(viewer, params)), { panel: 'filters', ...params }, '/list')
  const count = (params: Params) =>
    asUser(viewer, (reader) => countTable(reader, events, viewer, parseTable(events, params).query, today()))
  return [
    { what: 'the page of events', ask: (): Promise<unknown> => page({}) },
    { what: 'the page of events found', ask: () => page({ q: 'canary' }) },
    { what: 'the page of events of somebody', ask: () => page({ q: 'admin', size: '250' }) },
    // So many are found in all accounts that a list is read another way.
    { what: 'the page of events with a letter', ask: () => page({ q: 'e' }) },
    { what: 'the page of events by a device', ask: () => page({ q: serial }) },
    {
      what: 'names in events',
      ask: async () => {
        const names = await eventNames(viewer, { about: things })
        return { people: [...names.people], things: [...names.things] }
      },
    },
    ...things.map((about) => ({ what: `events about ${about}`, ask: () => count({ about }) })),
    // Of places that they do not see too: that something of theirs touches one is not theirs to know.
    ...places.flatMap((id) => [
      { what: `events of place ${id}`, ask: () => count({ va: [String(id)] }) },
      { what: `events of place ${id} found`, ask: () => count({ va: [String(id)], q: STRAY }) },
    ]),
    ...numbers.map((seq) => ({ what: `event ${seq}`, ask: () => loadEvent(viewer, seq, query, 1) })),
    ...refusedNotes(viewer, notable),
  ]
}

/**
 * For those of whom not all is asked: the events that are about what not all of their viewers see, and a note on an event
 * that their account has not, but another one.
 */
export const askStrays = (viewer: Viewer, { strays, last }: EventThings) => [
  ...strays
    .filter(({ domain }) => domain === viewer.account.domain)
    .map(({ seq }) => ({
      what: `event ${seq}`,
      ask: (): Promise<unknown> => loadEvent(viewer, seq, parseTable(events, {}).query, 1),
    })),
  ...(viewer.account.domain === last.domain ? [] : [refusedNote(viewer, last.seq)]),
]

/** Notes that are refused: they are only written where a check is missing. */
const refusedNotes = (viewer: Viewer, notable: readonly Notable[]) =>
  notable
    .filter(({ places }) => ![null, ...places.map(Number)].some((place) => can(viewer, 'events.note', [place])))
    .map(({ seq }) => refusedNote(viewer, seq))

const refusedNote = (viewer: Viewer, seq: number) => ({
  what: `a note on event ${seq}`,
  ask: () => addNote(viewer, { seq, text: 'Not to be', key: `matrix-${viewer.email}-${seq}` }),
})
