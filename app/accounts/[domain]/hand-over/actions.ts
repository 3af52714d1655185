'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { answered, keyIn } from '@/lib/administration/answer'
import { handOverOrders, mayHandOver } from '@/lib/assignment/hand-over'
import { handOverSchema } from '@/lib/assignment/hand-over-words'
import { events } from '@/lib/paths'

type Done = { problems: string[] }

/** Gives the orders of a review to the customer, and leads to the events of such. */
export async function giveOrders(domain: string, given: unknown, _: Done, form: FormData): Promise<Done> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  const wanted = handOverSchema.safeParse(given)
  if (!(mayHandOver(viewer) && wanted.success)) notFound()
  const { orders, target } = wanted.data
  const answer = await answered(() => handOverOrders(viewer, orders, target, keyIn(form)))
  if (answer === null) notFound()
  if ('problems' in answer) return answer
  redirect(`${events(viewer.account.domain)}?type=orders.handed-over`)
}
