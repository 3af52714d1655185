'use server'

import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { chosenSchema, chosenValues } from '@/lib/resources/chosen-values'
import { licenses } from '@/lib/resources/licenses'

/** The SKUs of the chosen licenses, as far as the person sees them and may take them out. */
export async function readSkus(domain: string, given: z.input<typeof chosenSchema>): Promise<string[]> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  return chosenValues(viewer, licenses, licenses.columns.sku.column, chosenSchema.parse(given))
}
