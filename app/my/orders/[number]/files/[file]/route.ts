import { notFound } from 'next/navigation'
import { getPerson } from '@/lib/access/viewer'
import { downloadOfShared } from '@/lib/delivery/shared-files'
import { decoded } from '@/lib/paths'

type Context = { params: Promise<{ number: string; file: string }> }

/** A document of an order that was shared with the person, its terms, or all of them as a zip; each request is checked anew. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { number, file } = await params
  return (await downloadOfShared(request, await getPerson(), decoded(number), file)) ?? notFound()
}

export const HEAD = GET
