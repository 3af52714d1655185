'use server'

import { confirmed, filled, idIn } from '@/app/form-steps'
import { getPerson } from '@/lib/access/signed-in'
import { askAccess, withdrawRequest } from '@/lib/administration/ask-access'
import { requestForm } from '@/lib/administration/request-schema'
import type { FormState } from '@/lib/administration/state'
import { Invalid } from '@/lib/errors'
import { access } from '@/lib/paths'

/** Asks for access to an account; leads to the access directory, whether there is such an account or not. */
export async function askForAccess(_: FormState, form: FormData): Promise<FormState> {
  const person = await getPerson()
  return filled(form, ['domain', 'role', 'places', 'reason'], async (key) => {
    const field = (name: string) => form.get(name) ?? ''
    const given = requestForm(person.organisation).safeParse({
      ...{ domain: field('domain'), role: field('role'), places: field('places'), reason: field('reason') },
    })
    if (!given.success) throw new Invalid(given.error.issues.map(({ message }) => message))
    await askAccess(person, given.data, key)
    return `${access()}#asked`
  })
}

/** Takes a request back that nobody has decided. */
export async function withdrawAccessRequest(
  request: number,
  _: { problems: string[] },
  form: FormData,
): Promise<{ problems: string[] }> {
  const person = await getPerson()
  return confirmed(form, async () => {
    await withdrawRequest(person, idIn(request))
    return `${access()}#asked`
  })
}
