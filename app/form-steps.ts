import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import type { Permission } from '@/lib/access/permissions'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { answered, keyIn } from '@/lib/administration/answer'
import { id } from '@/lib/administration/schema'
import type { FormState, Given, Review } from '@/lib/administration/state'
import { Invalid } from '@/lib/errors'

/** To whoever may not there is no such page, and no such action. */
export async function viewerWho(permission: Permission, domain: string): Promise<Viewer> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  if (!can(viewer, permission)) notFound()
  return viewer
}

export function idIn(given: number): number {
  const found = id.safeParse(given)
  return found.success ? found.data : notFound()
}

type Steps = {
  review: (form: FormData) => Promise<Omit<Review, 'key'>>
  /** Gives where it leads to. */
  give: (form: FormData, key: string) => Promise<string>
}

/** A form that is reviewed before it does anything; `fields` are the names of what it holds. */
export async function stepped(form: FormData, fields: readonly string[], steps: Steps): Promise<FormState> {
  const given = givenIn(form, fields)
  if (form.get('step') === 'edit') return { problems: [], given }
  if (form.get('step') !== 'give') {
    const answer = await answered(() => steps.review(form))
    if (answer === null) notFound()
    if ('problems' in answer) return { ...answer, given }
    return { problems: [], given, review: { ...answer.done, key: crypto.randomUUID() } }
  }
  const answer = await answered(async () => steps.give(form, keyIn(form)))
  if (answer === null) notFound()
  if ('problems' in answer) return { ...answer, given }
  redirect(answer.done)
}

/** A form that does at once what it says; `work` gives where it leads to. */
export async function filled(
  form: FormData,
  fields: readonly string[],
  work: (key: string) => Promise<string>,
): Promise<FormState> {
  const { problems } = await confirmed(form, work)
  return { problems, given: givenIn(form, fields) }
}

/** One button that does one thing; `work` gives where it leads to. */
export async function confirmed(
  form: FormData,
  work: (key: string) => Promise<string>,
): Promise<{ problems: string[] }> {
  const answer = await answered(async () => work(keyIn(form)))
  if (answer === null) notFound()
  if ('problems' in answer) return answer
  redirect(answer.done)
}

/** The fields of a schema, each by its name. Throws Invalid in the words of the schema. */
export function parsed<Schema extends z.ZodObject>(schema: Schema, form: FormData): z.infer<Schema> {
  const fields = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, form.get(name) ?? '']))
  const given = schema.safeParse(fields)
  if (!given.success) throw new Invalid(given.error.issues.map(({ message }) => message))
  return given.data
}

const LONGEST = 60_000
const givenIn = (form: FormData, fields: readonly string[]): Given =>
  Object.fromEntries(
    fields.map((name) => [
      name,
      form
        .getAll(name)
        .filter((value) => typeof value === 'string')
        .map((value) => value.slice(0, LONGEST)),
    ]),
  )
