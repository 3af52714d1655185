import 'server-only'
import { inArray, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { users } from '@/db/schema/people'
import { eventCube as cube } from '@/db/schema/rollups'
import { asUser } from '@/lib/access/database'
import { sharesContacts } from '@/lib/access/reason-rows'
import { inRollupScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { readSubject } from '@/lib/changes/events'
import { type Params, valuesOf } from '@/lib/table/parse'
import { readPerson } from './actors'
import { THING, thingName } from './event-things'
import type { EventNames } from './events'

/** The names of those who acted in what the viewer sees, and of the things whose log the parameters ask for. */
export function eventNames(viewer: Viewer, params: Params): Promise<EventNames> {
  const about = valuesOf(params, 'about').filter((value) => THING.test(value))
  return asUser(viewer, async (reader) => {
    const [people, things] = await Promise.all([peopleOf(reader, viewer), thingsOf(reader, viewer, about)])
    return { people, things }
  })
}

/** Who is not to be known by name is told apart by a number. */
async function peopleOf(reader: Reader, viewer: Viewer): Promise<Map<string, string>> {
  const scope = inRollupScope(viewer, {
    smartAccountId: cube.smartAccountId,
    virtualAccountId: cube.virtualAccountIds,
  })
  const [rows, isShared] = await Promise.all([
    reader
      .select({ id: users.id, name: users.name, organisation: users.organisation })
      .from(users)
      .where(
        inArray(
          users.id,
          sql`(select case when ${cube.actor} ~ '^[0-9]+$' then ${cube.actor}::bigint end from ${cube} where ${scope} group by 1)`,
        ),
      )
      .orderBy(users.id),
    sharesContacts(reader, viewer),
  ])
  let unnamed = 0
  return new Map(
    rows.map((row) => {
      const name = readPerson(viewer, row, isShared)
      return [String(row.id), name === row.name ? name : `${name} (${++unnamed})`]
    }),
  )
}

async function thingsOf(reader: Reader, viewer: Viewer, about: readonly string[]): Promise<Map<string, string>> {
  const rows = await Promise.all(
    about.map(async (value) => {
      const [subject = '', id = ''] = value.split(':')
      const name = thingName(viewer, sql`${subject}::text`, sql`${Number(id)}::bigint`)
      const [row] = (await reader.execute(sql`select ${name} as name`)) as unknown as { name: string | null }[]
      return [value, row?.name ? `${readSubject(subject)} ${row.name}` : `A thing that you cannot see`] as const
    }),
  )
  return new Map(rows)
}
