import { z } from 'zod'

export const planId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

/** Licenses whose quantities are asked for one by one; of more, all that can move moves. */
export const QUANTITIES_AT_MOST = 50

const quantity = z.coerce
  .number({ error: 'A quantity is a whole number.' })
  .int({ error: 'A quantity is a whole number.' })
  .min(0, { error: 'A quantity is not below 0.' })
  .max(2_000_000_000, { error: 'A quantity is too large.' })

/** Quantities by the id of their license, from fields such as `quantity.17`. Throws what zod throws. */
export function quantitiesIn(form: FormData): Map<number, number> {
  const found = new Map<number, number>()
  for (const [name, value] of form.entries()) {
    const [, id] = /^quantity\.([1-9]\d{0,14})$/.exec(name) ?? []
    if (id && value !== '') found.set(Number(id), quantity.parse(value))
  }
  return found
}

/** Where to, as a form says it. */
export const targetForm = z.object({
  target: z.string().max(20).nullish(),
  name: z.string().max(100, { error: 'A name has 100 characters at most.' }).nullish(),
  lines: z.enum(['yes']).nullish(),
})
