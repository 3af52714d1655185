import { z } from 'zod'
import { type Role, roleLabels } from '@/lib/access/roles'

const roles = Object.keys(roleLabels) as [Role, ...Role[]]
export const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
/** Made anew for each form that is shown: what is sent twice has one effect. */
export const formKey = z.string().regex(/^[0-9a-f-]{36}$/)

/** A role as it is given: `virtualAccountId` null = over the Smart Account; `lastDay` in UTC, null = no end. */
export type RoleDraft = {
  role: Role
  virtualAccountId: number | null
  includesNested: boolean
  lastDay: string | null
  purpose: string
}

export const isOverAccount = (role: Role): boolean => role.startsWith('sa_')

const fields = z.object({
  role: z.enum(roles, { error: 'Choose a role.' }),
  place: z.union([z.literal('').transform(() => null), id], { error: 'Choose a Virtual Account of the list.' }),
  nested: z.enum(['yes', '']).nullish(),
  lastDay: z
    .union([z.literal('').transform(() => null), z.iso.date()], { error: 'The last day is not a date.' })
    .nullish(),
  purpose: z.string().trim().max(200, { error: 'The purpose is longer than 200 characters.' }).nullish(),
})

/** A role that a form gives, or what is wrong with it; `today` is the first day that a role may end on. */
export function readRole(form: FormData, today: string): { draft: RoleDraft } | { problems: string[] } {
  const given = fields.safeParse(Object.fromEntries(Object.keys(fields.shape).map((name) => [name, form.get(name)])))
  if (!given.success) return { problems: given.error.issues.map(({ message }) => message) }
  const { role, place, nested, lastDay = null, purpose } = given.data
  const label = roleLabels[role]
  const problems = [
    ...(isOverAccount(role) && place !== null
      ? [`${label} is a role over the whole Smart Account. Choose “Whole Smart Account”, or a Virtual Account role.`]
      : []),
    ...(!isOverAccount(role) && place === null ? [`${label} is a role in a Virtual Account. Choose which one.`] : []),
    ...(lastDay !== null && lastDay < today ? ['The last day has passed. Choose today or a later day.'] : []),
  ]
  if (problems.length > 0) return { problems }
  const includesNested = place !== null && nested === 'yes'
  return { draft: { role, virtualAccountId: place, includesNested, lastDay, purpose: purpose ?? '' } }
}

/** A role holds through its last day, in UTC. */
export const endOf = (lastDay: string | null): Date | null =>
  lastDay === null ? null : new Date(`${lastDay}T23:59:59Z`)
export const lastDayOf = (end: Date | string | null): string | null =>
  end === null ? null : new Date(end).toISOString().slice(0, 10)
