import { z } from 'zod'

export const NAME_AT_MOST = 80

/** What can be wrong with a form, by the word that the address says it with. */
export const viewProblems = {
  name: `Give the view a name of ${NAME_AT_MOST} characters at most.`,
  taken: 'There is a view of this list with that name already.',
  people: 'Write addresses of people with a role in this account, fifty at most.',
  many: 'You have as many views in this account as there may be: delete one first.',
} as const
export type ViewProblem = keyof typeof viewProblems

const name = z
  .string()
  .transform((text) => text.normalize('NFKC').replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(NAME_AT_MOST)
      .refine((text) => !/\p{C}/u.test(text)),
  )
const box = z.union([z.literal('1'), z.null()]).transform((value) => value === '1')

/** What the forms of saved views send. */
export const viewForm = z.object({ name, shared: box, default: box })
export type ViewForm = z.infer<typeof viewForm>

/** What the form of a view's mail sends; an empty frequency is no mail. */
export const scheduleForm = z.object({
  frequency: z.union([z.enum(['weekly', 'monthly']), z.literal('').transform(() => null)]),
  recipients: z
    .string()
    .max(5000)
    .nullable()
    .transform((text) => text ?? ''),
  skipsEmpty: box,
})

/** The list that a view is kept of. */
export const viewPlace = z.object({
  domain: z.string().max(253),
  tab: z.string().max(40),
  search: z.string().max(8000),
})
export type ViewPlace = z.infer<typeof viewPlace>
export const viewId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)
