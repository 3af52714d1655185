import { z } from 'zod'

/** Orders of one review. */
export const ORDERS_AT_MOST = 100

const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

/** An order by its id, and its number and version as a review showed them. */
export type OrderSeen = { id: number; number: string; version: number }

/** What the button of the review sends. */
export const handOverSchema = z.object({
  orders: z
    .array(z.object({ id, number: z.string().min(1).max(100), version: z.number().int().min(0).max(2_000_000_000) }))
    .min(1)
    .max(ORDERS_AT_MOST)
    .refine((orders) => new Set(orders.map((one) => one.id)).size === orders.length),
  target: z.object({ account: id, place: id }),
})

const REASONS: Readonly<Record<string, string>> = {
  missing: 'It is not yours to assign',
  foreign: 'Some of its lines are in Virtual Accounts that are not yours to assign from',
  stocking: 'A stocking order belongs to the partner until it is sold',
  enterprise_agreement: 'The licenses of an Enterprise Agreement order are generated in its suites',
  past_booked: 'It is past booked. What is shipped or delivered moves with Asset Transfer Manager',
  shared: 'It is shared by Order Based Access. Take that back first',
  known: 'The customer has an order of this number already',
  gone: 'It is not in this account any more',
  changed: 'It was changed since this review',
}

/** Why an order cannot be given to a customer. */
export const handOverText = (problem: string): string => REASONS[problem] ?? problem
