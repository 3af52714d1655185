import 'server-only'
import { or, type SQL, sql } from 'drizzle-orm'
import { literal } from '@/db/literal'
import { devices as d } from '@/db/schema/devices'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { COUNT_CAP, type Resource, type Search } from '@/lib/table/resource'

/** What somebody typed, as a LIKE pattern that finds it anywhere. */
export const anywhere = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/**
 * The devices that the finder names by the pattern, as a condition of a device. They are an array, so that they are called by
 * their ids: beside a subquery the planner reads all devices where an account has few.
 */
export const namedByFinder = (viewer: Viewer, pattern: string): SQL =>
  sql`${d.id} = any (array(select app.find_devices(${viewer.account.id}, ${pattern}, false, ${COUNT_CAP + 1})))`

/**
 * A condition of the rows wanted. Under row-level security no index serves LIKE: where a function finds the first of them by
 * one, `byIndex` asks it, and `itself` asks the row, for lists of more than it finds.
 */
type Way = SQL | { byIndex: SQL; itself: SQL }

type Rows = Pick<Resource, 'table' | 'id' | 'tenant' | 'virtualAccount'>

/**
 * The rows in scope that any of `ways` finds, each way by the index that it has. Those of more than COUNT_CAP are not
 * looked up: a list reads its rows in order then, and asks of each whether it is found. `names` are queries that the ways
 * go by; `rollup` says how many there are at least.
 */
export function foundBy(
  viewer: Viewer,
  { table, id, tenant, virtualAccount }: Rows,
  ways: readonly Way[],
  { names, rollup }: { names?: SQL; rollup?: SQL } = {},
): Search {
  const scope = inScope(viewer, { smartAccountId: tenant, virtualAccountId: virtualAccount })
  const most = literal(COUNT_CAP + 1)
  const each = ways.map((way) => {
    const holds = 'byIndex' in way ? way.byIndex : way
    return sql`(select ${id} as id from ${table} where ${scope} and ${holds} limit ${most})`
  })
  const isMany = sql`(select count(*) from found) > ${COUNT_CAP}`
  return {
    names: sql`${names ? sql`${names}, ` : sql``}found as materialized (${sql.join(each, sql` union `)})`,
    ids: sql`select id from found`,
    where: sql`(${or(...ways.map((way) => ('itself' in way ? way.itself : way)))})`,
    rollup: rollup ?? sql`select count(*) from found`,
    isCut: rollup ? sql`((${rollup}) > ${COUNT_CAP} or ${isMany})` : sql`(${isMany})`,
  }
}
