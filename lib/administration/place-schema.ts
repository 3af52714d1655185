import { z } from 'zod'
import { id } from './schema'

/** What people decide about a Virtual Account; `tags` by name. */
export type PlaceDraft = {
  name: string
  description: string
  parentId: number | null
  isRestricted: boolean
  preferredEndDate: string | null
  tags: Readonly<Record<string, string>>
}

const MOST_TAGS = 20
const parent = z.union([z.literal('').transform(() => null), id], { error: 'Choose where it stands from the list.' })
export const name = z
  .string()
  .trim()
  .min(1, { error: 'Give it a name.' })
  .max(100, { error: 'The name is longer than 100 characters.' })
  .regex(/^\P{C}+$/u, { error: 'The name has characters that cannot be shown.' })
export const description = z.string().trim().max(500, { error: 'The description is longer than 500 characters.' })

/** `key=value`, one a line; a tag may have no value. */
const tags = z.string().transform((text, context) => {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const pairs = lines.filter((line) => line !== '').map((line) => /^([^=]*)=?(.*)$/.exec(line) ?? [])
  const named = pairs.map(([, key = '', value = '']) => [key.trim(), value.trim()] as const)
  const isBad = named.some(([key, value]) => key === '' || key.length > 50 || value.length > 200)
  if (isBad || named.length > MOST_TAGS)
    context.addIssue({
      code: 'custom',
      message: `Tags are name=value, one a line, ${MOST_TAGS} at most, names up to 50 characters.`,
    })
  if (new Set(named.map(([key]) => key)).size < named.length)
    context.addIssue({ code: 'custom', message: 'Each tag has a name of its own.' })
  return Object.fromEntries(named)
})

export const newPlace = z.object({ name, description, parentId: parent })
export const placeForm = newPlace.extend({
  access: z.enum(['unrestricted', 'restricted'], { error: 'Choose who has access.' }),
  preferredEndDate: z.union([z.literal('').transform(() => null), z.iso.date()], {
    error: 'The preferred end date is not a date.',
  }),
  tags,
})
export const target = z.union([z.literal('').transform(() => null), id])

export const tagsText = (given: Readonly<Record<string, string>>): string =>
  Object.entries(given)
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .join('\n')
