import 'server-only'
import { sql } from 'drizzle-orm'
import { devices as d } from '@/db/schema/devices'
import { licenses as l } from '@/db/schema/licenses'
import { asUser } from '@/lib/access/database'
import { pathOf } from '@/lib/access/roles'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { Invalid } from '@/lib/errors'
import { draftOfList, type Wanted } from './draft'
import { type ListRow, readList } from './list-rows'

/** Problems that are told one by one; of more, how many there are. */
const PROBLEMS_SHOWN = 100

type Known = { key: string; subject: 'device' | 'license'; id: number; place: number | null }

/** Plans what a list names: devices by serial number, host name or instance number, licenses by SKU. Throws Invalid. */
export async function draftOfText(viewer: Viewer, text: string): Promise<number> {
  const { rows, problems } = readList(text)
  const known = await knownAs(viewer, [...new Set(rows.map(({ identifier }) => identifier.toUpperCase()))])
  const wanted: Wanted[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    const found = wantedOf(viewer, row, known.get(row.identifier.toUpperCase()) ?? [])
    if (typeof found === 'string') problems.push(`Line ${row.line}: ${found}`)
    else if (seen.has(`${found.subject}:${found.id}`))
      problems.push(`Line ${row.line}: “${row.identifier}” stands in an earlier line.`)
    else {
      seen.add(`${found.subject}:${found.id}`)
      wanted.push(found)
    }
  }
  if (wanted.length === 0) throw new Invalid(problems.slice(0, 20))
  return draftOfList(viewer, wanted, { origin: { kind: 'file' }, problems: shown(problems) })
}

const shown = (problems: string[]) =>
  problems.length <= PROBLEMS_SHOWN
    ? problems
    : [
        ...problems.slice(0, PROBLEMS_SHOWN),
        `and ${(problems.length - PROBLEMS_SHOWN).toLocaleString('en-US')} more lines that cannot be used.`,
      ]

/** A Virtual Account by its name or by its place in the tree. */
const placesNamed = (viewer: Viewer, name: string) =>
  viewer.virtualAccounts.filter((place) => place.name === name || pathOf(place.id, viewer.virtualAccounts) === name)

function wantedOf(viewer: Viewer, { identifier, target, quantity, from }: ListRow, found: Known[]): Wanted | string {
  const name = identifier.slice(0, 60)
  const [to] = placesNamed(viewer, target)
  if (!(to && can(viewer, 'assign', [to.id])))
    return `“${target.slice(0, 60)}” is no Virtual Account that you may assign to.`
  const places = new Set(from ? placesNamed(viewer, from).map(({ id }) => id) : [])
  const fitting = from ? found.filter(({ place }) => place !== null && places.has(place)) : found
  const [one] = fitting
  if (!one) return found.length > 0 ? `“${name}” is not in “${from.slice(0, 60)}”.` : `“${name}” is unknown.`
  if (fitting.length > 1)
    return one.subject === 'license'
      ? `“${name}” is in ${fitting.length} Virtual Accounts: say in a column “from” which one is meant.`
      : `“${name}” names ${fitting.length} things.`
  return { subject: one.subject, id: one.id, to: to.id, quantity: one.subject === 'license' ? quantity : null }
}

/** What is called so in the viewer's scope, by the identifier in capitals. One round trip. */
async function knownAs(viewer: Viewer, identifiers: readonly string[]): Promise<Map<string, Known[]>> {
  const given = sql`${JSON.stringify(identifiers)}::jsonb`
  const byColumn = (column: typeof d.serialNumber | typeof d.name | typeof d.instanceNumber) => sql`
    select upper(${column}) as key, 'device'::text as subject, ${d.id} as id, ${d.virtualAccountId} as place from ${d}
    where ${inScope(viewer, d)} and ${column} = any (array(select k from names) || array(select lower(k) from names))`
  const rows = (await asUser(viewer, (reader) =>
    reader.execute(sql`
      with names as materialized (select jsonb_array_elements_text(${given}) as k)
      ${sql.join([byColumn(d.serialNumber), byColumn(d.name), byColumn(d.instanceNumber)], sql` union `)}
      union select upper(${l.sku}), 'license', ${l.id}, ${l.virtualAccountId} from ${l}
        where ${inScope(viewer, l)} and ${l.sku} = any (array(select k from names)) and ${l.quantity} > 0`),
  )) as unknown as Known[]
  const byKey = new Map<string, Known[]>()
  for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row])
  return byKey
}
