import { notFound } from 'next/navigation'
import { getViewer } from '@/lib/access/signed-in'
import { downloadOfOrder, fileAsked, noFileChosen } from '@/lib/delivery/download'
import { decoded } from '@/lib/paths'

type Context = { params: Promise<{ domain: string; number: string; file: string }> }

/** A document of an order, its terms, or some or all of them as a zip; each request is checked anew. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { domain, number, file } = await params
  const name = fileAsked(request, file)
  if (name === null) return noFileChosen()
  const viewer = await getViewer(domain)
  return (await downloadOfOrder(request, viewer, decoded(number), name)) ?? notFound()
}

export const HEAD = GET
