import type { Sight } from '../sight'
import { type Cell, type Row, variant } from './cells'
import { listTotal, numbersIn } from './reading'
import { countRows, type World } from './world'

const differs = (what: string, found: unknown, wanted: unknown) =>
  JSON.stringify(found) === JSON.stringify(wanted)
    ? []
    : [`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`]

/** The User View says how many orders it has; without any it says so. */
export const sharedTotal = async (html: string, { orders }: Sight) =>
  orders.length > 0
    ? differs('total', listTotal(html), orders.length)
    : differs('nothing is shared', html.includes('Nothing is shared with you'), true)

/** An order is seen by those to whom something of it is opened, and by nobody by a role; with so many lines and assets. */
export const sharedOrders: Row = (world) => {
  const cells = world.shared.map(
    ({ id, number }): Cell => ({
      name: `order ${number} in the User View`,
      path: `/my/orders/${number}`,
      missing: '/my/orders/999999998',
      sees: (_, { orders }) => orders.includes(id),
      read: (html, sight) => openedCounts(world, id, html, sight),
    }),
  )
  return [...cells.slice(0, 4), ...variant(cells.slice(4))]
}

async function openedCounts(world: World, order: number, html: string, { lines, devices }: Sight): Promise<string[]> {
  const ofOrder = `(select id from order_lines where order_id = ${order})`
  return differs('lines and assets', numbersIn(html, /Lines open to you ([\d,]+) Assets open to you ([\d,]+)/), [
    await countRows(world, 'order_lines', `t.id in ${ofOrder} and t.id = any('{${lines.join(',')}}')`),
    await countRows(world, 'devices', `t.order_line_id in ${ofOrder} and t.id = any('{${devices.join(',')}}')`),
  ])
}
