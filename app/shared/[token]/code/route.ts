import { mailCode, TooManyTries } from '@/lib/sharing/link'
import { linkAnswer, networkOf } from '@/lib/sharing/link-answer'

/** Sends a code for a link, and asks for it; the answer is the same for every link. */
export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params
  try {
    await mailCode(token, networkOf(request))
    return linkAnswer(token, '?step=code')
  } catch (error) {
    if (error instanceof TooManyTries) return linkAnswer(token, '?step=code&problem=often')
    throw error
  }
}
