import { cookies } from 'next/headers'
import { revealedBy } from '@/lib/paks/form'
import { revealLinkedPak } from '@/lib/paks/reveal'
import { idOf } from '@/lib/paths'
import { LINK_COOKIE } from '@/lib/sharing/link'
import { noAnswer } from '@/lib/sharing/link-answer'

type Context = { params: Promise<{ token: string; pak: string }> }

/** Shows a PAK of a line that a link opens in full, for a reason that stands in the event; as plain text where no script asks. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token, pak } = await params
  const id = idOf(pak)
  const session = (await cookies()).get(LINK_COOKIE)?.value
  const form = new FormData()
  form.set('reason', new URLSearchParams((await request.text()).slice(0, 10_000)).get('reason') ?? '')
  const reveal = id && (await revealedBy(form, (reason) => revealLinkedPak(token, session, id, reason)))
  if (!reveal) return noAnswer(token, session)
  if (request.headers.get('accept')?.includes('application/json')) return Response.json(reveal)
  return new Response(`${reveal.pak ?? reveal.problem}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
