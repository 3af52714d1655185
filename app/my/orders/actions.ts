'use server'

import { notFound } from 'next/navigation'
import { z } from 'zod'
import { getPerson } from '@/lib/access/signed-in'
import { revealedBy } from '@/lib/paks/form'
import * as paks from '@/lib/paks/reveal'
import type { Reveal } from '@/lib/paks/schema'

/** Shows a PAK of a line that is open in full to the person, for a reason that stands in the event. */
export async function revealSharedPak(id: number, _: Reveal, form: FormData): Promise<Reveal> {
  const given = z.number().int().positive().parse(id)
  const person = await getPerson()
  return (await revealedBy(form, (reason) => paks.revealSharedPak(person, given, reason))) ?? notFound()
}
