import 'server-only'
import { Conflict, NotFound } from '@/lib/errors'
import { type Reveal, revealReason } from './schema'

/** What the form of a PAK is answered with; null where there is none for whoever sent it. */
export async function revealedBy(form: FormData, reveal: (reason: string) => Promise<string>): Promise<Reveal | null> {
  const typed = form.get('reason')
  const reason = typeof typed === 'string' ? typed : ''
  const read = revealReason.safeParse(typed)
  if (!read.success) return { reason, problem: read.error.issues[0]?.message ?? 'This is no reason.' }
  try {
    return { reason, pak: await reveal(read.data) }
  } catch (error) {
    if (error instanceof Conflict) return { reason, problem: error.message }
    if (error instanceof NotFound) return null
    throw error
  }
}
