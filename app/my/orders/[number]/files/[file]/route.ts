import { notFound } from 'next/navigation'
import { getPerson } from '@/lib/access/signed-in'
import { fileAsked, noFileChosen } from '@/lib/delivery/download'
import { downloadOfShared } from '@/lib/delivery/shared-files'
import { decoded } from '@/lib/paths'

type Context = { params: Promise<{ number: string; file: string }> }

/** A document of an order that was shared with the person, its terms, or some or all of them as a zip; each request is checked anew. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { number, file } = await params
  const name = fileAsked(request, file)
  if (name === null) return noFileChosen()
  return (await downloadOfShared(request, await getPerson(), decoded(number), name)) ?? notFound()
}

export const HEAD = GET
