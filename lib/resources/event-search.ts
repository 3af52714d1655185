import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { changeItems, events as e, importRuns } from '@/db/schema/changes'
import { devices as d } from '@/db/schema/devices'
import { orders } from '@/db/schema/orders'
import { eventCube as cube } from '@/db/schema/rollups'
import { inRollupScope, inScope, touches } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { actorKinds, eventSubjects, eventTypes } from '@/lib/changes/events'
import type { Search } from '@/lib/table/resource'
import { eventRows, seesImports } from './event-things'
import { orderScope } from './order-scope'
import { anywhere, foundBy, namedByFinder } from './text-search'

const LONG_ENOUGH = 3

/** Keys whose words have the text in them. */
const keysWith = (words: Readonly<Record<string, string>> | ReadonlyMap<string, string>, text: string) =>
  [...(words instanceof Map ? words : new Map(Object.entries(words)))]
    .filter(([, word]) => String(word).toLowerCase().includes(text.toLowerCase()))
    .map(([key]) => String(key))

const isOneOf = (column: SQL | typeof e.type | typeof cube.type, values: readonly string[]): SQL =>
  values.length === 0
    ? sql`false`
    : sql`${column} in (${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )})`

/**
 * Finds events by their words, who acted, the Virtual Accounts touched, the note and the number; from three characters on
 * by the device, order or file that they are about too. `people` are the names that the viewer may know, by id. What is
 * named is run once a statement.
 */
export function searchEvents(viewer: Viewer, text: string, people: ReadonlyMap<string, string>): Search {
  const pattern = anywhere(text)
  const types = keysWith(eventTypes, text)
  const actors = [...keysWith(actorKinds, text).filter((kind) => kind !== 'person'), ...keysWith(people, text)]
  const subjects = keysWith(eventSubjects, text)
  const places = viewer.virtualAccounts.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
  const [, seq] = /^#?(\d{1,9})$/.exec(text) ?? []
  const account = viewer.account.id
  const ways = [
    ...(types.length > 0 ? [isOneOf(e.type, types)] : []),
    ...(actors.length > 0 ? [isOneOf(sql`${e.actor}`, actors)] : []),
    ...(subjects.length > 0 ? [isOneOf(sql`${e.subject}`, subjects)] : []),
    ...(places.length > 0
      ? [
          touches(
            e.virtualAccountIds,
            places.map(({ id }) => id),
          ),
        ]
      : []),
    ...(seq ? [sql`${e.seq} = ${Number(seq)}`] : []),
    sql`(${e.note} <> '' and ${e.note} ilike ${pattern})`,
    ...(text.length < LONG_ENOUGH
      ? []
      : [
          sql`(${e.subject} = 'device' and ${e.subjectId} in (select id from found_devices))`,
          sql`${e.changeSetId} in (select id from found_sets)`,
          sql`(${e.subject} = 'order' and ${e.subjectId} in (select id from found_orders))`,
          sql`(${e.subject} = 'import' and ${e.subjectId} in (select id from found_files))`,
        ]),
  ]
  const counted = sql`${isOneOf(sql`${cube.type}`, types)} or ${isOneOf(sql`${cube.actor}`, actors)} or ${isOneOf(sql`${cube.subject}`, subjects)}`
  return foundBy(viewer, eventRows, ways, {
    names: sql`found_devices as materialized (select ${d.id} as id from ${d} where ${inScope(viewer, d)}
        and ${namedByFinder(viewer, pattern)}
        and (${d.serialNumber} ilike ${pattern} or ${d.name} ilike ${pattern})),
      found_files as materialized (select ${importRuns.id} as id, ${importRuns.changeSetId} as change_set_id from ${importRuns}
        where ${importRuns.smartAccountId} = ${account} and ${seesImports(viewer)} and ${importRuns.fileName} ilike ${pattern}),
      found_sets as materialized (select distinct ${changeItems.changeSetId} as id from ${changeItems}
        where ${changeItems.smartAccountId} = ${account} and ${changeItems.subject} = 'device'
          and ${changeItems.subjectId} = any (array(select id from found_devices))
        union select change_set_id from found_files where change_set_id is not null),
      found_orders as materialized (select ${orders.id} as id from ${orders}
        where ${orderScope(viewer)} and ${orders.number} ilike ${pattern})`,
    rollup: sql`select coalesce(sum(${cube.n}), 0)::bigint from ${cube}
      where ${inRollupScope(viewer, { smartAccountId: cube.smartAccountId, virtualAccountId: cube.virtualAccountIds })} and (${counted})`,
  })
}
