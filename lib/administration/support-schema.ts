import { z } from 'zod'
import { normalEmail } from '@/lib/email-address'

/** Days that support access lasts at most: what takes longer is opened again, with a look at why. */
export const SUPPORT_DAYS = 30

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
export const lastSupportDay = (today: string): string => dayAfter(today, SUPPORT_DAYS)

/** Support access as a form opens it; `today` is the first day that it may end on. */
export const supportForm = (today: string) =>
  z.object({
    email: z.string().transform((text, context) => {
      const email = normalEmail(text)
      if (email !== null) return email
      context.addIssue({ code: 'custom', message: 'The e-mail address of the support engineer is not an address.' })
      return z.NEVER
    }),
    reason: z
      .string()
      .trim()
      .min(1, { error: 'Say why: the case, and what is to be looked at.' })
      .max(200, { error: 'The reason is longer than 200 characters.' })
      .refine((text) => !/\p{Cc}/u.test(text), { error: 'There are characters in the reason that are no text.' }),
    lastDay: z.iso
      .date({ error: 'The last day is not a date.' })
      .refine((day) => day >= today, { error: 'The last day has passed. Choose today or a later day.' })
      .refine((day) => day <= lastSupportDay(today), { error: `It lasts ${SUPPORT_DAYS} days at most.` }),
  })

export type SupportDraft = z.infer<ReturnType<typeof supportForm>>
