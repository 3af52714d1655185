import { cookies } from 'next/headers'
import { fileAsked, noFileChosen } from '@/lib/delivery/download'
import { downloadByLink } from '@/lib/delivery/linked-files'
import { LINK_COOKIE } from '@/lib/sharing/link'
import { noAnswer } from '@/lib/sharing/link-answer'

type Context = { params: Promise<{ token: string; file: string }> }

/** A document of what a link opens, its terms, or some or all of them as a zip; each request is checked anew. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token, file } = await params
  const name = fileAsked(request, file)
  if (name === null) return noFileChosen()
  const session = (await cookies()).get(LINK_COOKIE)?.value
  return (await downloadByLink(request, token, session, name)) ?? noAnswer(token, session)
}

export const HEAD = GET
