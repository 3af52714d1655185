import type { Reader } from './cells'
import { listTotal, menuCounts, numbersIn, rowIds } from './reading'
import { accountRows, countRows } from './world'

const differs = (what: string, found: unknown, wanted: unknown) =>
  JSON.stringify(found) === JSON.stringify(wanted)
    ? []
    : [`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`]

/** A list: its total, the rows that it leads to, and what its menus count, each counted once more. */
export const list =
  (table: string, tab: string, menus: Readonly<Record<string, string>>, where = 'true', row?: string): Reader =>
  (world, domain) =>
  async (html, sight) => {
    const rows = `${accountRows(world, table, sight, domain)} and (${where})`
    const total = await countRows(world, table, rows)
    const ids = rowIds(html, `/accounts/${domain}/${tab}`, row)
    const inScope = await countRows(world, table, `${rows} and t.id = any('{${ids.join(',')}}')`)
    const problems = [
      ...differs('total', listTotal(html), total),
      ...differs('rows', [ids.length, inScope], [Math.min(total, 50), ids.length]),
    ]
    for (const [menu, column] of Object.entries(menus)) {
      const counted = await world.owner.unsafe<{ value: string; n: number }[]>(
        `select ${column} as value, count(*)::int as n from ${table} t where ${rows} group by 1`,
      )
      const wanted = Object.fromEntries(counted.map(({ value, n }) => [value, n]))
      for (const [value, n] of Object.entries(menuCounts(html, menu)))
        problems.push(...differs(`${menu} ${value}`, n, wanted[value] ?? 0))
    }
    return problems
  }
/** A list whose rows are named otherwise than by their ids: its total. */
export const total =
  (table: string, where = 'true'): Reader =>
  (world, domain) =>
  async (html, sight) => {
    const rows = `${accountRows(world, table, sight, domain)} and (${where})`
    return differs('total', listTotal(html), await countRows(world, table, rows))
  }
/** The devices that a search finds by serial number or host name, counted once more. */
export const foundDevices =
  (text: string): Reader =>
  (world, domain) =>
  async (html, sight) => {
    const named = `(t.serial_number ilike '%${text}%' or t.name ilike '%${text}%')`
    const total = await countRows(world, 'devices', `${accountRows(world, 'devices', sight, domain)} and ${named}`)
    return differs('devices found', numbersIn(html, /Devices \(([\d,]+)\)/) ?? [], total > 0 ? [total] : [])
  }

export const deviceMenus = { coverage: 't.coverage_status', type: 't.asset_type' }

export const overview: Reader = (world, domain) => async (html, sight) => {
  const rows = (table: string, where = 'true') =>
    countRows(world, table, `${accountRows(world, table, sight, domain)} and (${where})`)
  const total = await rows('devices')
  const past = await rows('devices', `t.last_date_of_support < '2026-05-06'`)
  const eligible = await rows('devices', `t.coverage_status <> 'not_eligible'`)
  const covered = await rows('devices', `t.coverage_status = 'covered'`)
  const isAdmin = sight.administered.includes(world.places.accounts.get(domain) ?? 0)
  return [
    ...differs('past support', numbersIn(html, /([\d,]+) of ([\d,]+) devices/), [past, total]),
    ...differs('covered', numbersIn(html, /([\d,]+) of ([\d,]+) eligible devices/), [covered, eligible]),
    ...differs('Assign Status', html.includes('id="assign-status"'), isAdmin),
  ]
}
