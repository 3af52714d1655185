import 'server-only'
import { and, eq, type SQL } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { contracts as c, contractLines as line } from '@/db/schema/contracts'
import { devices as d } from '@/db/schema/devices'
import { contractSkus } from '@/db/schema/rollups'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { besideIn, countLines, LINES_AT_MOST, type ListPlace, reasonsOf, termOf } from './agreement-detail'

export type ContractDetail = NonNullable<Awaited<ReturnType<typeof loadContract>>>

/**
 * A contract by its number with the lines that the viewer sees, and `chosen`, the one that it was opened from; null
 * where they see none of it.
 */
export function loadContract(viewer: Viewer, number: string, place?: ListPlace) {
  return asUser(viewer, async (reader) => {
    const id = place?.line ?? null
    const [[contract], lines, [chosen], total] = await Promise.all([
      reader
        .select()
        .from(c)
        .where(and(eq(c.smartAccountId, viewer.account.id), eq(c.number, number))),
      linesOf(reader, viewer, number),
      id === null ? [] : linesOf(reader, viewer, number, eq(line.id, id)),
      countLines(reader, viewer, contractSkus, number),
    ])
    if (!contract || (total === 0 && viewer.scope.kind !== 'account') || (id !== null && !chosen)) return null
    const [reasons, beside] = await Promise.all([
      reasonsOf(reader, viewer, contractSkus, number),
      besideIn(reader, viewer, place, contract.id),
    ])
    return { ...contract, chosen: chosen ?? null, lines, total, term: termOf(contract), reasons, beside }
  })
}

/** Lines in scope with the device that each covers, as far as it is seen. */
const linesOf = (reader: Reader, viewer: Viewer, number: string, where?: SQL) =>
  reader
    .select({
      id: line.id,
      sku: line.serviceSku,
      level: line.serviceLevel,
      virtualAccountId: line.virtualAccountId,
      startDate: line.startDate,
      endDate: line.endDate,
      source: line.source,
      asOf: line.asOf,
      device: { id: d.id, name: d.name, serialNumber: d.serialNumber, pid: d.pid },
    })
    .from(line)
    .leftJoin(d, and(inScope(viewer, d), eq(d.id, line.deviceId)))
    .where(and(inScope(viewer, line), eq(line.contractNumber, number), where))
    .orderBy(line.id)
    .limit(LINES_AT_MOST)
