import { z } from 'zod'
import { NOTE_AT_MOST } from './note-text'

// Line ends and tabs are text; other control characters are not, and the database takes no NUL.
const unwritable = /(?![\n\t])\p{Cc}/u

/** What somebody wrote as a note, with the line ends of one system. */
export const noteText = z
  .string({ error: 'Write the note first.' })
  .transform((text) => text.replace(/\r\n?/g, '\n').trim())
  .pipe(
    z
      .string()
      .min(1, { error: 'Write the note first.' })
      .max(NOTE_AT_MOST, { error: `A note has ${NOTE_AT_MOST.toLocaleString('en-US')} characters at most.` })
      .refine((text) => !unwritable.test(text), { error: 'There are characters in it that are no text.' }),
  )

/** The event that a note goes on, and the key of the form that it was written in. */
export const notePlace = z.object({ domain: z.string().max(253), seq: z.number().int().positive(), key: z.uuid() })
