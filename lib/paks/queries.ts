import 'server-only'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { paks } from '@/db/schema/licenses'
import { orderLines, orders } from '@/db/schema/orders'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'

/** All that is told of a PAK before somebody reveals it. */
export type MaskedPak = { id: number; masked: string; state: string; order: string | null; mayReveal: boolean }

/** More are not told of one license or order. */
const SHOWN_AT_MOST = 50

const STATES: Readonly<Record<string, string>> = {
  unfulfilled: 'Not fulfilled',
  partially_fulfilled: 'Partly fulfilled',
  fulfilled: 'Fulfilled',
}
const masked = (lastFour: string) => `••••${lastFour}`

/** The PAKs in scope that a license came from. */
export const paksOfLicense = (reader: Reader, viewer: Viewer, license: number): Promise<MaskedPak[]> =>
  paksWhere(reader, viewer, eq(paks.licenseId, license))

/** The PAKs in scope of the lines of an order that are in scope. */
export const paksOfOrder = (reader: Reader, viewer: Viewer, number: string): Promise<MaskedPak[]> =>
  paksWhere(reader, viewer, eq(orders.number, number))

async function paksWhere(reader: Reader, viewer: Viewer, which: SQL): Promise<MaskedPak[]> {
  const rows = await reader
    .select({
      id: paks.id,
      lastFour: paks.lastFour,
      state: paks.state,
      place: paks.virtualAccountId,
      order: orders.number,
    })
    .from(paks)
    .leftJoin(orderLines, and(inScope(viewer, orderLines), eq(orderLines.id, paks.orderLineId)))
    .leftJoin(orders, and(eq(orders.smartAccountId, orderLines.smartAccountId), eq(orders.id, orderLines.orderId)))
    .where(and(inScope(viewer, paks), which))
    .orderBy(paks.id)
    .limit(SHOWN_AT_MOST)
  return rows.map(({ id, lastFour, state, place, order }) => ({
    ...{ id, masked: masked(lastFour), state: STATES[state] ?? state, order },
    mayReveal: can(viewer, 'pak.reveal', [place]),
  }))
}

/** The PAKs of lines that are opened in full to whoever reads. */
export async function paksOfOpened(reader: Reader, account: number, lines: SQL): Promise<MaskedPak[]> {
  const rows = (await reader.execute(
    sql`select p.id, p.last_four as "lastFour", p.state::text as state from app.opened_paks(${account}, array(${lines})) p order by p.id limit ${SHOWN_AT_MOST}`,
  )) as unknown as { id: number; lastFour: string; state: string }[]
  return rows.map(({ id, lastFour, state }) => ({
    ...{ id: Number(id), masked: masked(lastFour), state: STATES[state] ?? state, order: null },
    mayReveal: true,
  }))
}
