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

/** An event of aurora.example and the Virtual Accounts that it touches. */
type Notable = { seq: number; places: number[] }

/** Numbers of events to open in every account, things whose log is asked for, and events to add notes to. */
export type EventThings = { numbers: number[]; things: string[]; notable: Notable[] }

export async function eventThings(owner: Sql): Promise<EventThings> {
  const numbers = await owner<{ seq: number }[]>`
    select distinct seq::int as seq from (
      select seq, row_number() over (partition by smart_account_id, type, virtual_account_ids order by seq) as nth from events) e
    where nth <= 2 order by 1`
  const things = await owner<{ thing: string }[]>`
    select distinct subject || ':' || subject_id as thing from (
      select subject, subject_id from change_items union select subject, subject_id from events) t
    where subject in ('device', 'order', 'import', 'virtual_account') order by 1 limit 60`
  const notable = await owner<Notable[]>`
    select distinct on (e.virtual_account_ids) e.seq::int as seq, e.virtual_account_ids as places
    from events e join smart_accounts a on a.id = e.smart_account_id
    where a.domain = 'aurora.example' and cardinality(e.virtual_account_ids) < 2 order by e.virtual_account_ids, e.seq`
  return { numbers: numbers.map(({ seq }) => seq), things: things.map(({ thing }) => thing), notable: [...notable] }
}

/** The Event Log as its page has it, each event opened, the log of one thing and that of each Virtual Account. */
export function askEvents(viewer: Viewer, { numbers, things, notable }: EventThings, places: readonly number[]) {
  const { query } = parseTable(events, {})
  const page = async (params: Params) =>
    loadTable(viewer, eventLog(await eventNames(viewer, params)), { panel: 'filters', ...params }, '/list')
  const count = (params: Params) =>
    asUser(viewer, (reader) => countTable(reader, events, viewer, parseTable(events, params).query, today()))
  return [
    { what: 'the page of events', ask: (): Promise<unknown> => page({}) },
    { what: 'the page of events found', ask: () => page({ q: 'canary' }) },
    { what: 'the page of events of somebody', ask: () => page({ q: 'admin', size: '250' }) },
    ...things.map((about) => ({ what: `events about ${about}`, ask: () => count({ about }) })),
    // Of places that they do not see too: that something of theirs touches one is not theirs to know.
    ...places.map((id) => ({ what: `events of place ${id}`, ask: () => count({ va: [String(id)] }) })),
    ...numbers.map((seq) => ({ what: `event ${seq}`, ask: () => loadEvent(viewer, seq, query, 1) })),
    ...refusedNotes(viewer, notable),
  ]
}

/** Notes that are refused: they are only written where a check is missing. */
const refusedNotes = (viewer: Viewer, notable: readonly Notable[]) =>
  notable
    .filter(({ places }) => ![null, ...places.map(Number)].some((place) => can(viewer, 'events.note', [place])))
    .map(({ seq }) => ({
      what: `a note on event ${seq}`,
      ask: () => addNote(viewer, { seq, text: 'Not to be', key: `matrix-${viewer.email}-${seq}` }),
    }))
