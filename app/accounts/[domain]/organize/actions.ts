'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import type { RuleState } from '@/components/assignment/rule-form'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { type Answer, answered, fieldIn, keyIn } from '@/lib/administration/answer'
import { planMisplaced, planShortages } from '@/lib/assignment/finders'
import { ruleForm } from '@/lib/assignment/rule-fields'
import { addRule, mayRule, planRules, removeRule } from '@/lib/assignment/rules'
import { planId } from '@/lib/assignment/schema'
import { Invalid, NotFound } from '@/lib/errors'
import { assignmentPlan, organize } from '@/lib/paths'

type Done = { problems: string[] }

/** A new assignment rule of the account. */
export async function addAssignmentRule(domain: string, _: RuleState, form: FormData): Promise<RuleState> {
  const viewer = await organizer(domain)
  const answer = await answered(async () => {
    const given = ruleForm.safeParse(
      Object.fromEntries(['field', 'value', 'target'].map((name) => [name, form.get(name) ?? ''])),
    )
    if (!given.success) throw new Invalid(given.error.issues.map(({ message }) => message))
    return addRule(ruler(viewer), given.data, keyIn(form))
  })
  if (answer === null) notFound()
  if ('problems' in answer)
    return {
      ...answer,
      given: { field: fieldIn(form, 'field'), value: fieldIn(form, 'value'), target: fieldIn(form, 'target') },
    }
  redirect(organize(viewer.account.domain))
}

/** Takes a rule away. */
export async function removeAssignmentRule(domain: string, rule: number, _: Done, form: FormData): Promise<Done> {
  const viewer = await organizer(domain)
  const id = idIn(rule)
  const answer = await answered(async () => removeRule(ruler(viewer), id, keyIn(form)))
  if (answer === null) notFound()
  if ('problems' in answer) return answer
  redirect(organize(viewer.account.domain))
}

/** A plan of what a rule moves now; without one, of what all rules do. */
export async function planRule(domain: string, rule: number | null, _: Done, __: FormData): Promise<Done> {
  const viewer = await organizer(domain)
  const id = rule === null ? null : idIn(rule)
  return planned(viewer, await answered(() => planRules(viewer, id)))
}

/** A plan that closes the gaps of one license; without one, all that can be closed. */
export async function planShortage(domain: string, license: string | null, _: Done, __: FormData): Promise<Done> {
  const viewer = await organizer(domain)
  const key = z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable()
    .safeParse(license)
  if (!key.success) notFound()
  const answer = await answered(async () => {
    const plan = await planShortages(viewer, key.data)
    if (plan === null) throw new Invalid(['There is nothing to spare of it any more.'])
    return plan
  })
  return planned(viewer, answer)
}

/** A plan that moves devices to where the license is that they use. */
export async function planDevicesToLicense(
  domain: string,
  where: { license: number; devicesIn: number | null },
  _: Done,
  __: FormData,
): Promise<Done> {
  const viewer = await organizer(domain)
  const given = z.object({ license: planId, devicesIn: planId.nullable() }).safeParse(where)
  if (!given.success) notFound()
  return planned(viewer, await answered(() => planMisplaced(viewer, given.data.license, given.data.devicesIn)))
}

function planned(viewer: Viewer, answer: Answer<number>): Done {
  if (answer === null) notFound()
  if ('problems' in answer) return answer
  redirect(assignmentPlan(viewer.account.domain, answer.done))
}

/** To whoever assigns nothing there is no such page, and no such action. */
async function organizer(domain: string): Promise<Viewer> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  if (!can(viewer, 'assign')) notFound()
  return viewer
}

function ruler(viewer: Viewer): Viewer {
  if (!mayRule(viewer)) throw new NotFound('There is no such rule.')
  return viewer
}

function idIn(given: number): number {
  const id = planId.safeParse(given)
  return id.success ? id.data : notFound()
}
