import type { Sql } from 'postgres'
import { AURORA } from '../people'
import { type Cell, inPlace, type Row, variant } from './cells'
import type { Thing } from './world'

/** A document with bytes behind it, by its id; `order` is the number of its order, `line` the id of its line. */
export type FileThing = Thing & { order: string; line: number }

/** Of each Virtual Account one document, and some of orders of which something is or was shared. */
export async function filesOf(owner: Sql): Promise<{ placed: FileThing[]; shared: FileThing[] }> {
  const placed = await owner<FileThing[]>`
    select distinct on (a.domain, v.id) d.id, a.domain, coalesce(v.name, 'none') as place, o.number as order, l.id as line
    from documents d join order_lines l on l.id = d.order_line_id join orders o on o.id = l.order_id
    join smart_accounts a on a.id = d.smart_account_id left join virtual_accounts v on v.id = l.virtual_account_id
    where d.storage_key like 'demo/%' order by a.domain, v.id, d.id`
  const shared = await owner<FileThing[]>`
    select d.id, a.domain, 'shared' as place, o.number as order, l.id as line
    from documents d join order_lines l on l.id = d.order_line_id join orders o on o.id = l.order_id
    join smart_accounts a on a.id = d.smart_account_id
    where d.storage_key like 'demo/%' and o.id in (
      select order_id from order_shares union select order_id from delivery_contacts where email like '%@grove.example')
    order by md5(d.id::text) limit 12`
  return { placed, shared }
}

/** A file of an order, and all of them: for whoever sees its line. */
export const filesOfOrders: Row = ({ files }) => [
  ...files.placed.flatMap((thing, index): Cell[] => {
    const at = `/accounts/${thing.domain}/orders/${thing.order}/files`
    const cell = {
      ...{ name: `a file of ${thing.place} of ${thing.domain}`, inside: thing.domain },
      ...{ path: `${at}/document-${thing.id}`, missing: `${at}/document-999999998` },
      ...(index > 0 && { isOneOfMany: true as const }),
      sees: inPlace(thing, thing.domain),
    }
    const other = files.placed.find(({ domain, order }) => domain === thing.domain && order !== thing.order)
    if (thing.domain !== AURORA || index >= 4 || !other) return [cell]
    const there = `/accounts/${thing.domain}/orders/${other.order}/files`
    const elsewhere = { path: `${there}/document-${thing.id}`, missing: `${there}/document-999999998` }
    const name = `${cell.name} under another order`
    return [cell, { ...cell, ...elsewhere, name, isOneOfMany: true, sees: () => false }]
  }),
  ...variant(
    files.placed.slice(0, 6).map((thing) => ({
      name: `all files of an order of ${thing.place} of ${thing.domain}`,
      path: `/accounts/${thing.domain}/orders/${thing.order}/files/all.zip`,
      missing: `/accounts/${thing.domain}/orders/999999998/files/all.zip`,
      inside: thing.domain,
      sees: inPlace(thing, thing.domain),
    })),
  ),
  ...variant(
    files.placed.slice(0, 6).map((thing) => ({
      name: `a chosen file of an order of ${thing.place} of ${thing.domain}`,
      path: `/accounts/${thing.domain}/orders/${thing.order}/files/chosen.zip?file=document-${thing.id}`,
      missing: `/accounts/${thing.domain}/orders/${thing.order}/files/chosen.zip?file=document-999999998`,
      inside: thing.domain,
      sees: inPlace(thing, thing.domain),
    })),
  ),
]

/** A file of a shared order in the User View: for those to whom its line is open in full. */
export const filesOfShared: Row = ({ files }) => {
  const cells = files.shared.map(
    ({ id, order, line }): Cell => ({
      name: `a file of order ${order} in the User View`,
      path: `/my/orders/${order}/files/document-${id}`,
      missing: `/my/orders/${order}/files/document-999999998`,
      sees: (_, { wholeLines }) => wholeLines.includes(Number(line)),
    }),
  )
  return [...cells.slice(0, 3), ...variant(cells.slice(3))]
}
