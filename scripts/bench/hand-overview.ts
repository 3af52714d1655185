import type { Sql } from 'postgres'
import type { Viewer } from '@/lib/access/viewer'
import type { Overview } from '@/lib/overview/queries'

type Numbers = Record<string, number>

/** What the Overview shows, by plain SQL over the rollups: ten statements that travel together. */
export async function overviewByHand(sql: Sql, viewer: Viewer, today: string): Promise<Numbers> {
  const account = viewer.account.id
  const own = sql`smart_account_id = ${account}`
  const cells =
    viewer.scope.kind === 'account'
      ? sql`${own} and virtual_account_id = -1`
      : sql`${own} and virtual_account_id in ${sql([...viewer.scope.ids])}`
  const isAll = viewer.scope.kind === 'account'
  const days = (
    table: string,
  ) => sql`select sum(n)::bigint as total, sum(n) filter (where end_date >= ${today})::bigint as in_force,
    sum(n) filter (where end_date < ${today})::bigint as expired,
    sum(n) filter (where end_date between ${today} and ${today}::date + 30)::bigint as next30,
    sum(n) filter (where end_date between ${today} and ${today}::date + 60)::bigint as next60,
    sum(n) filter (where end_date between ${today} and ${today}::date + 90)::bigint as next90 from ${sql(table)} where ${cells}`
  const months = (table: string) =>
    sql`select architecture, country, end_month, sum(n)::bigint as n from ${sql(table)} where ${cells} group by 1, 2, 3`
  const assigned = (
    table: string,
  ) => sql`select sum(n) filter (where not v.is_default)::bigint as assigned, sum(n) filter (where v.is_default)::bigint as in_default,
    sum(n) filter (where t.virtual_account_id = 0)::bigint as unassigned
    from (select virtual_account_id, sum(n) as n from ${sql(table)} where ${own} and virtual_account_id >= 0 group by 1) t
    left join virtual_accounts v on v.smart_account_id = ${account} and v.id = t.virtual_account_id`
  const [
    coverage,
    support,
    licenses,
    contracts,
    contractMonths,
    subscriptions,
    subscriptionMonths,
    newest,
    ...assignment
  ] = await Promise.all([
    sql`select architecture, country, sum(n) filter (where coverage_status = 'covered')::bigint as covered,
      sum(n) filter (where coverage_status in ('lapsed', 'never'))::bigint as uncovered,
      sum(n) filter (where coverage_status = 'not_eligible')::bigint as not_eligible from device_coverage where ${cells} group by 1, 2`,
    sql`select last_date_of_support::text as day, asset_type, sum(n)::bigint as n from device_products where ${cells} group by 1, 2`,
    sql`select category, sum(n)::bigint as n, sum(quantity)::bigint as quantity, sum(in_use)::bigint as in_use, sum(insufficient)::bigint as insufficient
      from license_totals where ${cells} group by 1`,
    days('contract_end_days'),
    months('contract_expirations'),
    days('subscription_end_days'),
    months('subscription_expirations'),
    isAll ? sql`select max(as_of) as at from devices where ${own}` : [],
    ...(isAll ? ['device_kinds', 'license_totals', 'contract_end_days', 'subscription_end_days'].map(assigned) : []),
  ])
  const sum = (rows: readonly Record<string, unknown>[], name: string) =>
    rows.reduce((all, row) => all + Number(row[name] ?? 0), 0)
  const of = (type: string) =>
    sum(
      support.filter((row) => row['asset_type'] === type),
      'n',
    )
  const [covered, uncovered, notEligible] = ['covered', 'uncovered', 'not_eligible'].map((name) =>
    sum(coverage, name),
  ) as [number, number, number]
  return {
    total: covered + uncovered + notEligible,
    covered,
    uncovered,
    eligible: covered + uncovered,
    notEligible,
    pastSupport: sum(
      support.filter((row) => row['day'] !== '-infinity' && String(row['day']) < today),
      'n',
    ),
    hardware: of('hardware'),
    software: of('software'),
    cloud: of('cloud'),
    coverageGroups: coverage.filter((row) =>
      ['covered', 'uncovered', 'not_eligible'].some((name) => Number(row[name] ?? 0) > 0),
    ).length,
    licenses: sum(licenses, 'n'),
    insufficient: sum(licenses, 'insufficient'),
    quantity: sum(licenses, 'quantity'),
    inUse: sum(licenses, 'in_use'),
    ...lineNumbers('contracts', contracts[0] ?? {}, sum(contractMonths, 'n')),
    ...lineNumbers('subscriptions', subscriptions[0] ?? {}, sum(subscriptionMonths, 'n')),
    newest: isAll ? Date.parse(String(newest[0]?.['at'])) : 0,
    assigned: assignment.reduce((all, rows) => all + sum(rows, 'assigned'), 0),
    inDefault: assignment.reduce((all, rows) => all + sum(rows, 'in_default'), 0),
    unassigned: assignment.reduce((all, rows) => all + sum(rows, 'unassigned'), 0),
  }
}

const lineNumbers = (name: string, row: Record<string, unknown>, months: number): Numbers => ({
  ...Object.fromEntries(
    ['total', 'expired', 'next30', 'next60', 'next90'].map((key) => [`${name}.${key}`, Number(row[key] ?? 0)]),
  ),
  [`${name}.inForce`]: Number(row['in_force'] ?? 0),
  [`${name}.months`]: months,
})

/** The same numbers, of what the product read. */
export function numbersOf(overview: Overview): Numbers {
  const { devices, licenses, assignment } = overview
  const lines = (name: 'contracts' | 'subscriptions') => ({
    ...Object.fromEntries(Object.entries(overview[name].all).map(([key, n]) => [`${name}.${key}`, n])),
    [`${name}.months`]: overview[name].months.reduce((all, { numbers }) => all + numbers.total, 0),
  })
  const { orders: _, ...tables } = assignment ?? { orders: null }
  const over = (name: 'assigned' | 'inDefault' | 'unassigned') =>
    Object.values(tables).reduce((all, numbers) => all + numbers[name], 0)
  return {
    ...devices,
    coverageGroups: overview.coverage.length,
    licenses: licenses.total,
    insufficient: licenses.insufficient,
    quantity: licenses.quantity,
    inUse: licenses.inUse,
    ...lines('contracts'),
    ...lines('subscriptions'),
    newest: overview.newest ? new Date(overview.newest).getTime() : 0,
    assigned: over('assigned'),
    inDefault: over('inDefault'),
    unassigned: over('unassigned'),
  }
}
