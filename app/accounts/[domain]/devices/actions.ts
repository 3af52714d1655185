'use server'

import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { chosenSchema } from '@/lib/resources/chosen-values'
import { serialNumbersOf } from '@/lib/resources/device-serials'

/** The serial numbers of the chosen devices, as far as the person sees them and may take them out. */
export async function readSerialNumbers(domain: string, given: z.input<typeof chosenSchema>): Promise<string[]> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  return serialNumbersOf(viewer, chosenSchema.parse(given))
}
