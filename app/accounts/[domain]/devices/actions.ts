'use server'

import { z } from 'zod'
import { getViewer } from '@/lib/access/viewer'
import { serialNumbersOf } from '@/lib/resources/device-serials'

const chosen = z.object({
  search: z.string().max(8000),
  all: z.boolean(),
  ids: z.array(z.int().positive()).max(20_000),
})

/** The serial numbers of the chosen devices, as far as the person sees them and may take them out. */
export async function readSerialNumbers(domain: string, given: z.input<typeof chosen>): Promise<string[]> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  return serialNumbersOf(viewer, chosen.parse(given))
}
