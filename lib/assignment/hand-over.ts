import 'server-only'
import { sql } from 'drizzle-orm'
import { asUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { writeFresh } from '@/lib/administration/fresh'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { type ChosenRows, chosenIds } from '@/lib/resources/chosen-rows'
import { handOverText, ORDERS_AT_MOST, type OrderSeen } from './hand-over-words'

/** A chosen order as its review shows it: why it cannot be given to a customer, or null. */
export type WaitingOrder = OrderSeen & { lines: number; problem: string | null }

/** A Virtual Account of a customer that the viewer assigns in. */
export type CustomerPlace = { account: number; domain: string; name: string; place: number; placeName: string }
type Row = CustomerPlace & { isRestricted: boolean }

/** Whether orders of the viewer's account are given to customers at all, and by the viewer. */
export const mayHandOver = (viewer: Viewer): boolean =>
  viewer.account.type === 'HOLDING' && can(viewer, 'orders.assign')

/** The chosen orders, as far as the viewer sees them. Throws Invalid where they are too many for one review. */
export async function waitingOrders(viewer: Viewer, rows: ChosenRows): Promise<WaitingOrder[]> {
  const found = (await asUser(viewer, (reader) =>
    reader.execute(sql`
      select o.id::int as id, o.version, o.number, app.hand_over_problem(o.smart_account_id, o.id) as problem,
        (select count(*)::int from order_lines l where l.smart_account_id = o.smart_account_id and l.order_id = o.id) as lines
      from orders o where o.smart_account_id = ${viewer.account.id} and o.id in (${chosenIds(viewer, rows)})
      order by o.ordered_on desc, o.id limit ${ORDERS_AT_MOST + 1}`),
  )) as unknown as (Omit<WaitingOrder, 'problem'> & { problem: string })[]
  if (found.length > ORDERS_AT_MOST) throw new Invalid([`${ORDERS_AT_MOST} orders at once are the most. Choose fewer.`])
  return found.map(({ problem, ...order }) => ({ ...order, problem: problem === '' ? null : handOverText(problem) }))
}

/** Where the viewer may give orders to, without the restricted Virtual Accounts: those are named. */
export const customerPlaces = async (viewer: Viewer): Promise<CustomerPlace[]> =>
  (await placesOf(viewer)).flatMap(({ isRestricted, ...place }) => (isRestricted ? [] : [place]))

/** The place of a choice (`account:place`), or the only one with the exact name that was typed. */
export async function customerPlace(viewer: Viewer, choice: string, typed: string): Promise<CustomerPlace | null> {
  const name = typed.normalize('NFKC').trim()
  const found = (await placesOf(viewer)).filter((one) =>
    name ? one.placeName === name : !one.isRestricted && `${one.account}:${one.place}` === choice,
  )
  const [first] = found
  return first && found.length === 1 ? first : null
}

const placesOf = async (viewer: Viewer): Promise<Row[]> =>
  (await asUser(viewer, (reader) =>
    reader.execute(sql`
      select a.id::int as account, a.domain, a.name, v.id::int as place, v.name as "placeName", v.access_level = 'restricted' as "isRestricted"
      from virtual_accounts v join smart_accounts a on a.id = v.smart_account_id and a.type = 'CUSTOMER'
      where a.id = any ((select app.my_writable_accounts())::bigint[]) or v.id = any ((select app.my_writable_virtual_accounts())::bigint[])
      order by a.name, v.name`),
  )) as unknown as Row[]

type InTheWay = { id: number | null; problem: string }

/**
 * Gives orders of the holding account, as they were seen, to a customer's Virtual Account: all of them or none, with an event
 * in both accounts. Throws Conflict with the names of those that cannot go any more, NotFound where the target is none.
 */
export function handOverOrders(
  viewer: Viewer,
  orders: readonly OrderSeen[],
  target: { account: number; place: number },
  key: string,
): Promise<{ orders: number }> {
  const ids = orders.map(({ id }) => id)
  const list = (values: readonly number[]) => `{${values.join(',')}}`
  const idempotency = { key: `hand-over:${viewer.account.id}:${key}`, request: { orders, target } }
  return writeFresh(viewer, { permission: 'orders.assign', idempotency }, async (tx) => {
    // The roles of this moment, there too, held until the end.
    await tx.execute(sql`select count(*) from app.hold_roles(${target.account})`)
    await tx.execute(sql`select app.become(app.user_id(), app.now())`)
    const before = (await tx.execute(sql`
        select o.id::int as id, o.number, o.virtual_account_ids::text as places,
          (select count(*)::int from order_lines l where l.smart_account_id = o.smart_account_id and l.order_id = o.id) as lines
        from orders o where o.smart_account_id = ${viewer.account.id} and o.id = any (${list(ids)}::bigint[]) order by o.id`)) as unknown as Before[]
    const inTheWay = (await tx.execute(sql`
        select id::int as id, problem from app.hand_over_orders(${viewer.account.id}, ${list(ids)}::bigint[],
          ${list(orders.map(({ version }) => version))}::integer[], ${target.account}, ${target.place})`)) as unknown as InTheWay[]
    refuse(inTheWay, orders)
    const detail = { orders: before.length, lines: before.reduce((sum, { lines }) => sum + lines, 0) }
    const [only] = before
    const about = { subject: 'order', ...(before.length === 1 && only && { subjectId: only.id }) }
    const places = [...new Set(before.flatMap((one) => placesIn(one)))].filter((id) => id !== 0)
    return {
      result: { orders: before.length },
      changeSet: {
        ...{ kind: 'handover' as const, summary: detail },
        items: before.map(({ id, number }) => ({
          subject: 'order',
          subjectId: id,
          before: { order: number },
          after: { order: null },
        })),
      },
      events: [
        {
          ...{ type: 'orders.handed-over' as const, ...about, virtualAccountIds: places },
          detail: { ...detail, accountId: target.account },
        },
      ],
      more: [
        {
          account: target.account,
          changeSet: {
            ...{ kind: 'handover', summary: detail },
            items: before.map(({ id, number }) => ({
              ...{ subject: 'order', subjectId: id, before: null },
              after: { order: number, virtualAccountId: target.place },
            })),
          },
          events: [
            {
              ...{ type: 'orders.received', ...about, virtualAccountIds: [target.place] },
              detail: { ...detail, accountId: viewer.account.id },
            },
          ],
        },
      ],
    }
  })
}

type Before = { id: number; number: string; places: string; lines: number }
const placesIn = ({ places }: Before): number[] => (places.match(/\d+/g) ?? []).map(Number)

/** Orders that are gone have no number here any more: they are named as they were seen. */
function refuse(inTheWay: readonly InTheWay[], orders: readonly OrderSeen[]): void {
  if (inTheWay.length === 0) return
  if (inTheWay.some(({ problem }) => problem === 'target' || problem === 'missing'))
    throw new NotFound('There is no such order or Virtual Account.')
  const numbers = new Map(orders.map(({ id, number }) => [id, number]))
  throw new Conflict(
    'Nothing was assigned.',
    inTheWay.map(({ id, problem }) => `Order ${numbers.get(id ?? 0)}: ${handOverText(problem)}`),
  )
}
