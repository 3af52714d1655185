import { notFound, redirect } from 'next/navigation'
import { getPerson } from '@/lib/access/signed-in'
import { findOrder } from '@/lib/legacy-links/find-order'
import { decoded } from '@/lib/paths'
import { lastView } from '../../last-view'

/** The order that an old address names: where the person sees it, else the page that says that they do not. */
export default async function MovedOrderPage({ params }: { params: Promise<{ number: string }> }) {
  const number = decoded((await params).number)
  const person = await getPerson()
  if (number === null || number.length > 100 || number.includes('\0')) notFound()
  const target = await findOrder(person, number, await lastView())
  if (target === null) notFound()
  redirect(target)
}
