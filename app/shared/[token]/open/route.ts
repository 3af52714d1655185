import { openWithCode, TooManyTries } from '@/lib/sharing/link'
import { linkAnswer, networkOf } from '@/lib/sharing/link-answer'

/** Takes a code for a link: a right one lets this browser in. */
export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params
  const given = new URLSearchParams((await request.text()).slice(0, 1_000)).get('code') ?? ''
  try {
    const session = await openWithCode(token, given, networkOf(request))
    return session ? linkAnswer(token, '', session) : linkAnswer(token, '?step=code&problem=code')
  } catch (error) {
    if (error instanceof TooManyTries) return linkAnswer(token, '?step=code&problem=often')
    throw error
  }
}
