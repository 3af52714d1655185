import { z } from 'zod'
import type { requestStates } from '@/db/schema/enums'
import { type Role, roleLabels } from '@/lib/access/roles'
import { isOverAccount } from './schema'

export type RequestState = (typeof requestStates)[number]

export const requestStateLabels: Record<RequestState, string> = {
  pending: 'Waiting for an answer',
  approved: 'Approved',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
}

/** What somebody asks for. `places`: names of Virtual Accounts as they were written, none for the whole account. */
export type RequestDraft = { domain: string; role: Role; places: string[]; reason: string }

const roles = Object.keys(roleLabels) as [Role, ...Role[]]
const readable = (text: string) => !/(?![\n\t])\p{Cc}/u.test(text)
/** Of a text that people read. */
export const sentence = (what: string, most: number, least = 1) =>
  z
    .string()
    .transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .min(least, { error: `Write ${what}.` })
        .max(most, { error: `There are ${most} characters at most in ${what}.` })
        .refine(readable, { error: `There are characters in ${what} that are no text.` }),
    )

/** A request as its form sends it; `organisation` is that of whoever asks. */
export const requestForm = (organisation: string) =>
  z
    .object({
      domain: z
        .string()
        .transform((text) => text.normalize('NFKC').trim().toLowerCase())
        .pipe(
          z
            .string()
            .max(253, { error: 'The domain of the account is not a domain.' })
            .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, {
              error: 'The domain of the account looks like corp.example.',
            }),
        ),
      role: z.enum(roles, { error: 'Choose a role.' }),
      places: z
        .string()
        .max(1000, { error: 'Name fewer Virtual Accounts.' })
        .refine(readable, { error: 'There are characters in the Virtual Accounts that are no text.' })
        .transform((text) => [
          ...new Set(
            text
              .split(/[,;\n]+/)
              .map((name) => name.trim())
              .filter((name) => name !== ''),
          ),
        ]),
      reason: sentence('the reason', 500),
    })
    .superRefine(({ domain, role, places }, context) => {
      const label = roleLabels[role]
      const say = (message: string) => context.addIssue({ code: 'custom', message })
      if (isOverAccount(role) && places.length > 0)
        say(`${label} is a role over the whole account. Leave the Virtual Accounts empty, or choose a role in them.`)
      if (!isOverAccount(role) && places.length === 0) say(`${label} is a role in Virtual Accounts. Name them.`)
      if (role === 'sa_approver' && organisation !== domain)
        say(`An Approver accepts agreements for the organization: the address must end in @${domain}.`)
    })

/** From the widest: what may be done. Approvers of agreements are apart from these. */
const RIGHTS: Readonly<Record<string, number>> = { admin: 3, user: 2, viewer: 1 }
const rightsOf = (role: Role) => RIGHTS[role.slice(3)] ?? 0

/** Whether a role opens no more than the one that was asked for. */
export function isWithin(given: Role, asked: Role): boolean {
  if (given === asked) return true
  const isNarrower = isOverAccount(asked) || !isOverAccount(given)
  return isNarrower && rightsOf(given) > 0 && rightsOf(given) <= rightsOf(asked)
}
