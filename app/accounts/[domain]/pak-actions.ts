'use server'

import { notFound } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { revealedBy } from '@/lib/paks/form'
import * as paks from '@/lib/paks/reveal'
import type { Reveal } from '@/lib/paks/schema'

const place = z.object({ domain: z.string().max(253), id: z.number().int().positive() })

/** Shows a PAK to whoever may see it, for a reason that stands in the event. */
export async function revealPak(domain: string, id: number, _: Reveal, form: FormData): Promise<Reveal> {
  const given = place.parse({ domain, id })
  const viewer = await getViewer(given.domain)
  return (await revealedBy(form, (reason) => paks.revealPak(viewer, given.id, reason))) ?? notFound()
}
