'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { getPerson } from '@/lib/access/signed-in'
import { sharedOrder } from '@/lib/paths'
import { claimShare } from '@/lib/sharing/link'

/** Binds a share to the sign-in of the person that it was sent to; from then on its link leads to their User View. */
export async function claimAccess(token: string): Promise<void> {
  const person = await getPerson()
  const number = await claimShare(z.string().max(100).parse(token), person)
  if (number === null) notFound()
  redirect(sharedOrder(number))
}
