import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { formKey } from './schema'

/** What a form is answered with: what was done, what is wrong, or null where to this person there is nothing to do it to. */
export type Answer<T> = { done: T } | { problems: string[] } | null

/** Does it, and puts what is wrong into words for the form. */
export async function answered<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { done: await work() }
  } catch (error) {
    if (error instanceof Invalid) return { problems: error.problems }
    if (error instanceof Conflict) return { problems: [error.message, ...error.changed] }
    if (error instanceof NotFound) return null
    throw error
  }
}

/** The key that the form was shown with. Throws Invalid where it has none. */
export function keyIn(form: FormData): string {
  const given = formKey.safeParse(form.get('key'))
  if (!given.success) throw new Invalid(['This form is incomplete. Reload the page and try again.'])
  return given.data
}

/** A field as it was sent, to be shown again. */
export const fieldIn = (form: FormData, name: string): string => String(form.get(name) ?? '').slice(0, 60_000)
