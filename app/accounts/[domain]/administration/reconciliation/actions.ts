'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import { Conflict, NotFound } from '@/lib/errors'
import { decideDifferences } from '@/lib/importing/decide'
import { decision } from '@/lib/importing/schema'
import { reconciliation } from '@/lib/paths'

/** What went wrong, to be shown where it was decided; what worked leads to what is left to decide. */
export type Decided = { problems: string[] }

/** Takes what came in, keeps what is here, or ignores it, for all differences that the form names or for none of them. */
export async function decide(domain: string, ids: number[], _: Decided, form: FormData): Promise<Decided> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  const given = decision.safeParse({ ids, choice: form.get('choice') })
  if (!(can(viewer, 'import') && given.success)) notFound()
  try {
    await decideDifferences(viewer, given.data.ids, given.data.choice)
  } catch (error) {
    if (error instanceof Conflict) return { problems: [error.message] }
    if (error instanceof NotFound) notFound()
    throw error
  }
  redirect(reconciliation(viewer.account.domain))
}
