'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { answered, keyIn } from '@/lib/administration/answer'
import { id } from '@/lib/administration/schema'
import { shares } from '@/lib/paths'
import { resendShare, revokeShares } from '@/lib/sharing/revoke'

type Done = { problems: string[] }

/** Takes back the chosen shares, or the one whose button was pressed. */
export async function revokeAccess(domain: string, _: Done, form: FormData): Promise<Done> {
  const viewer = await sharer(domain)
  const chosen = z.array(id).max(1_000).safeParse(form.getAll('share'))
  if (!chosen.success) notFound()
  return done(viewer, () => revokeShares(viewer, chosen.data, keyIn(form)))
}

/** Sends the mail of a share once more, with a new link. */
export async function resendAccess(domain: string, share: number, _: Done, form: FormData): Promise<Done> {
  const viewer = await sharer(domain)
  const given = id.safeParse(share)
  if (!given.success) notFound()
  return done(viewer, () => resendShare(viewer, given.data, keyIn(form)))
}

async function done(viewer: Viewer, work: () => Promise<unknown>): Promise<Done> {
  const answer = await answered(async () => work())
  if (answer === null) notFound()
  if ('problems' in answer) return answer
  redirect(shares(viewer.account.domain))
}

/** To whoever shares nothing there is no such action. */
async function sharer(domain: string): Promise<Viewer> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  return can(viewer, 'orders.share') ? viewer : notFound()
}
