import { z } from 'zod'

export const REASON_AT_MOST = 300

/** Why somebody wants to read a PAK; it stands in the event. */
export const revealReason = z
  .string({ error: 'Say what you need it for.' })
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(5, { error: 'Say what you need it for, in a few words.' })
      .max(REASON_AT_MOST, { error: `A reason has ${REASON_AT_MOST} characters at most.` })
      .refine((text) => !/\p{Cc}/u.test(text), { error: 'There are characters in it that are no text.' }),
  )

/** What became of the form: the reason as it was written, and the PAK or what is in the way. */
export type Reveal = { reason: string; pak?: string; problem?: string }
