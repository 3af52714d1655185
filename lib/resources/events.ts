import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { smartAccounts } from '@/db/schema/accounts'
import { events as e } from '@/db/schema/changes'
import { users } from '@/db/schema/people'
import { eventCube as cube } from '@/db/schema/rollups'
import type { Viewer } from '@/lib/access/viewer'
import { actorKinds, eventTypes, readEventType, readSubject } from '@/lib/changes/events'
import { type EventFacts, readEvent } from '@/lib/changes/sentences'
import { readInstant } from '@/lib/overview/words'
import type { Column, Resource } from '@/lib/table/resource'
import { type Acting, readActor, readPerson } from './actors'
import { searchEvents } from './event-search'
import {
  aboutThings,
  eventRows,
  importFile,
  type Kinds,
  ofDetail,
  shareRecipient,
  THING,
  thingName,
} from './event-things'
import { placeName } from './history'

/** Names that a page's words need and that no row holds: people by id, and the things whose log is asked for. */
export type EventNames = { people: ReadonlyMap<string, string>; things: ReadonlyMap<string, string> }
const NO_NAMES: EventNames = { people: new Map(), things: new Map() }

const types = Object.keys(eventTypes) as (keyof typeof eventTypes)[]
const instant = sql`to_char(${e.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

type Shown = { shares: boolean }
const person = (id: SQL) =>
  sql`(select json_build_object('id', ${users.id}, 'name', ${users.name}, 'organisation', ${users.organisation}) from ${users} where ${users.id} = ${id})`
/** Of an account that row-level security shows to whoever asks. */
const accountName = (id: SQL) =>
  sql`(select ${smartAccounts.name} from ${smartAccounts} where ${smartAccounts.id} = ${id})`
const shares = (viewer: Viewer) =>
  sql`(select ${smartAccounts.sharesAdminContacts} from ${smartAccounts} where ${smartAccounts.id} = ${viewer.account.id})`

/** Who acted, with all that decides whether the viewer may know the name. */
export const actorShown = (viewer: Viewer): SQL =>
  sql`json_build_object('kind', ${e.actorKind}, 'person', ${person(sql`${e.actorUserId}`)}, 'shares', ${shares(viewer)})::text`

export function readShownActor(text: string, viewer: Viewer): string {
  const shown = JSON.parse(text) as Shown & { kind: keyof typeof actorKinds; person: Acting | null }
  return readActor(viewer, shown.kind, shown.person, shown.shares)
}

/** What a sentence is made of, as far as the viewer sees it; `things` are the kinds of thing that there are, if known. */
export const factsShown = (
  viewer: Viewer,
  things?: Kinds,
): SQL => sql`json_build_object('type', ${e.type}, 'detail', ${e.detail},
  'places', ${e.virtualAccountIds}, 'thing', ${thingName(viewer, sql`${e.subject}`, sql`${e.subjectId}`, things)}, 'file', ${importFile(viewer)},
  'person', ${ofDetail('userId', person)}, 'account', ${ofDetail('accountId', accountName)},
  'recipient', ${shareRecipient(viewer)}, 'shares', ${shares(viewer)})::text`

export function readShownEvent(text: string, viewer: Viewer): string {
  const { person: about, ...facts } = JSON.parse(text) as Shown & Omit<EventFacts, 'person'> & { person: Acting | null }
  const name = about && readPerson(viewer, about, facts.shares)
  return readEvent({ ...facts, person: name }, (id) => {
    const place = placeName(id, viewer)
    return place === 'Another Virtual Account' ? 'another Virtual Account' : place
  })
}

/** Ids as a list, as facet values and rows have them. */
function readPlaces(ids: string, viewer: Viewer): string {
  if (ids === 'none') return 'No Virtual Account'
  const names = [...new Set(ids.split(',').map((id) => placeName(id, viewer)))]
  return names.sort((a, b) => a.localeCompare(b, 'en')).join(', ')
}

function readActorKey(key: string, viewer: Viewer, people: EventNames['people']): string {
  if (key in actorKinds) return actorKinds[key as keyof typeof actorKinds]
  return people.get(key) ?? (key === String(viewer.id) ? viewer.name : `Person ${key}`)
}

/** The Event Log, with the names that a page of it needs. Rows are told apart by their number in the account. */
export const eventLog = ({ people, things }: EventNames = NO_NAMES) =>
  ({
    name: 'events',
    noun: { one: 'event', many: 'events' },
    ...eventRows,
    columns: {
      date: {
        label: 'Date',
        kind: 'date',
        column: e.day,
        shown: () => instant,
        words: (at) => readInstant(new Date(at)),
        filter: 'range',
        tie: { name: 'instant', column: e.at },
      },
      type: { label: 'Event', kind: 'text', column: e.type, filter: 'facet', values: types, words: readEventType },
      user: {
        label: 'User',
        kind: 'text',
        column: e.actor,
        shown: actorShown,
        words: (value, viewer) =>
          value.startsWith('{') ? readShownActor(value, viewer) : readActorKey(value, viewer, people),
        filter: 'facet',
        unsorted: true,
      },
      details: {
        label: 'Details',
        kind: 'text',
        column: e.detail,
        shown: (viewer, facets) => factsShown(viewer, facets?.['thing']),
        words: readShownEvent,
        unsorted: true,
      },
      note: { label: 'Notes', kind: 'text', column: e.note, unsorted: true },
      thing: {
        label: 'Thing',
        kind: 'text',
        column: e.subject,
        words: readSubject,
        filter: 'facet',
        unsorted: true,
        hidden: true,
      },
      about: {
        label: 'About',
        kind: 'text',
        column: e.subjectId,
        shown: (viewer, facets) => thingName(viewer, sql`${e.subject}`, sql`${e.subjectId}`, facets?.['thing']),
        words: (value) => things.get(value) ?? value,
        filter: 'link',
        matches: { form: THING, where: aboutThings },
        unsorted: true,
        hidden: true,
      },
      va: {
        label: 'Virtual Account',
        kind: 'text',
        column: e.virtualAccountIds,
        shown: () => sql`array_to_string(${e.virtualAccountIds}, ',')`,
        words: readPlaces,
        filter: 'facet',
        unsorted: true,
        hidden: true,
      },
      number: { label: 'Event number', kind: 'number', column: e.seq, hidden: true },
    } satisfies Record<string, Column>,
    bands: {},
    promoted: ['type', 'user', 'thing'],
    defaultSort: '-date',
    rollups: [
      {
        table: cube,
        n: cube.n,
        dims: {
          account: cube.smartAccountId,
          va: cube.virtualAccountIds,
          type: cube.type,
          user: cube.actor,
          thing: cube.subject,
          date: cube.day,
        },
      },
    ],
    search: (viewer: Viewer, text: string) => searchEvents(viewer, text, people),
    searchHint: 'Event, person, device, order, file or note',
    metrics: {
      total: {
        label: 'Events',
        params: {},
        explain: 'Everything that was done in this Smart Account to what you can see, each event counted once.',
      },
    },
  }) as const satisfies Resource

export const events = eventLog()
