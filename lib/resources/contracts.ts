import 'server-only'
import { sql } from 'drizzle-orm'
import { contractLines as line } from '@/db/schema/contracts'
import { devices as d } from '@/db/schema/devices'
import {
  contractCube as cube,
  contractEndDays as days,
  contractExpirations as months,
  contractSkus as skus,
} from '@/db/schema/rollups'
import { inRollupScope, inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { COUNT_CAP, type Resource, type Search } from '@/lib/table/resource'
import { editAssignment } from './assignment'
import { expiry, lineColumns, lineMetrics } from './product-lines'
import { anywhere, foundBy } from './text-search'

const rows = { table: line, id: line.id, tenant: line.smartAccountId, virtualAccount: line.virtualAccountId }

/**
 * Finds by contract number and service SKU, from three characters on by the covered device's serial number and host name
 * too. What is named is run once a statement.
 */
function search(viewer: Viewer, text: string): Search {
  const pattern = anywhere(text)
  const cells = (column: typeof skus.number | typeof skus.sku) =>
    sql`select ${column} as name, sum(${skus.n})::bigint as n from ${skus}
      where ${inRollupScope(viewer, skus)} and ${skus.n} <> 0 and ${column} ilike ${pattern} group by 1`
  const called = sql`${inScope(viewer, d)} and (${d.serialNumber} ilike ${pattern} or ${d.name} ilike ${pattern})`
  const isCut = sql`(select count(*) from candidates) > ${COUNT_CAP}`
  const isCovered = sql`(${line.deviceId} in (select id from covered)
    or ${isCut} and exists (select from ${d} where ${called} and ${d.id} = ${line.deviceId}))`
  const ways = [
    sql`${line.contractNumber} in (select name from numbers)`,
    sql`${line.serviceSku} in (select name from services)`,
    ...(text.length > 2 ? [isCovered] : []),
  ]
  return foundBy(viewer, rows, ways, {
    names: sql`numbers as materialized (${cells(skus.number)}), services as materialized (${cells(skus.sku)}),
      candidates as materialized (select app.find_devices(${viewer.account.id}, ${pattern}, false, ${COUNT_CAP + 1}) as id),
      covered as materialized (select ${d.id} as id from ${d} where ${called} and ${d.id} in (select id from candidates))`,
    rollup: sql`select greatest((select sum(n) from numbers), (select sum(n) from services), 0)`,
  })
}

/** What the covered device is called, where the viewer sees it. */
const deviceFact = (column: typeof d.name | typeof d.serialNumber) => (viewer: Viewer) =>
  sql`(select ${column} from ${d} where ${inScope(viewer, d)} and ${d.id} = ${line.deviceId})`

/** Products in service contracts: a line is one covered device. */
export const contracts = {
  name: 'contracts',
  noun: { one: 'contract product', many: 'contract products' },
  ...rows,
  address: line.contractNumber,
  rowParam: 'line',
  columns: {
    contract: { label: 'Contract', kind: 'code', column: line.contractNumber, filter: 'exact' },
    sku: { label: 'Service SKU', kind: 'code', column: line.serviceSku, filter: 'exact' },
    serial: {
      label: 'Covered serial number',
      kind: 'code',
      column: line.deviceId,
      shown: deviceFact(d.serialNumber),
      unsorted: true,
    },
    device: { label: 'Covered device', kind: 'text', column: line.deviceId, shown: deviceFact(d.name), unsorted: true },
    serviceLevel: { label: 'Service level', kind: 'text', column: line.serviceLevel, filter: 'facet' },
    ...lineColumns(line),
  },
  bands: { expiry },
  promoted: ['expiry', 'architecture', 'country'],
  defaultSort: 'end',
  rollups: [
    {
      table: days,
      n: days.n,
      dims: { account: days.smartAccountId, va: days.virtualAccountId, end: days.endDate },
    },
    {
      table: months,
      n: months.n,
      dims: {
        account: months.smartAccountId,
        va: months.virtualAccountId,
        architecture: months.architecture,
        country: months.country,
        endMonth: months.endMonth,
      },
    },
    {
      table: cube,
      n: cube.n,
      dims: {
        account: cube.smartAccountId,
        va: cube.virtualAccountId,
        architecture: cube.architecture,
        country: cube.country,
        serviceLevel: cube.kind,
        end: cube.endDate,
      },
    },
  ],
  search,
  searchHint: 'Contract, service SKU, serial number or host name',
  metrics: lineMetrics('contract'),
  actions: { assign: editAssignment },
} as const satisfies Resource
