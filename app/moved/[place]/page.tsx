import { notFound, redirect } from 'next/navigation'
import { getPerson } from '@/lib/access/signed-in'
import { whereIs } from '@/lib/legacy-links/where'
import { lastView } from '../last-view'

/** A page that an old address means, in the account of the person. */
export default async function MovedPlacePage({ params }: { params: Promise<{ place: string }> }) {
  const { place } = await params
  const target = whereIs(place, await getPerson(), await lastView())
  if (target === null) notFound()
  redirect(target)
}
