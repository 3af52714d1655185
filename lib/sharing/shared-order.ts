import 'server-only'
import { asUser, sql, within } from '@/lib/access/database'
import { now } from '@/lib/clock'
import { type OpenedOrder, type Parts, readOpened } from './opened'
import { openedBy, type Recipient, readWay, type Way, waysTo } from './ways'

/** An order in the User View: what was opened of it, and by what. */
export type SharedOrder = { key: string; order: OpenedOrder; ways: Way[] }

/**
 * The orders of a number of which something was opened to a person, with that and nothing else; none where they see
 * nothing of any. What they see by a role in an account is for its Account View.
 */
export async function loadSharedOrders(person: Recipient, number: string, parts?: Parts): Promise<SharedOrder[]> {
  const found = await asUser(person, async (reader) => {
    const orders = await waysTo(reader, person, number)
    return Promise.all(orders.map(async (ways) => ({ ways, order: await readOpened(reader, openedBy(ways), parts) })))
  })
  for (const { ways } of found) {
    const [way] = ways.filter(({ isNew }) => isNew)
    if (way) await within(5_000, openedNow(person, way))
  }
  return found.flatMap(({ ways, order }) => {
    const [first] = ways
    if (!(order && first)) return []
    const read = ways.map((way) => readWay(way, person.organisation))
    return [{ key: `${first.accountId} ${first.orderId}`, order, ways: read }]
  })
}

/** Whether the User View of a person has an order of this number. */
export const hasSharedOrder = (person: Recipient, number: string): Promise<boolean> =>
  asUser(person, async (reader) => (await waysTo(reader, person, number)).length > 0)

/** Whoever sent a share learns that it was opened: once, with an event. */
const openedNow = ({ id }: Recipient, { accountId, orderId }: { accountId: number; orderId: number }) =>
  sql()`select app.open_shares_of(${id}, ${accountId}, ${orderId}, ${now().toISOString()})`
