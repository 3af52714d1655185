'use server'

import { confirmed, idIn, stepped, viewerWho } from '@/app/form-steps'
import { approveRequest, declineRequest, reviewRequest } from '@/lib/administration/decide-request'
import { sentence } from '@/lib/administration/request-schema'
import { draftsIn } from '@/lib/administration/request-words'
import type { FormState } from '@/lib/administration/state'
import { today } from '@/lib/clock'
import { Invalid } from '@/lib/errors'
import { requests } from '@/lib/paths'

/** Shows what whoever asked would see; with the step `give` they have it, and are told. */
export async function approveAccessRequest(
  domain: string,
  id: number,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const viewer = await viewerWho('requests.approve', domain)
  return stepped(form, ['role', 'place', 'nested', 'lastDay'], {
    review: () => reviewRequest(viewer, idIn(id), draftsIn(form, today())),
    give: async (_, key) => {
      await approveRequest(viewer, idIn(id), draftsIn(form, today()), key)
      return requests(viewer.account.domain)
    },
  })
}

/** Says no, with a reason or without one. */
export async function declineAccessRequest(
  domain: string,
  id: number,
  _: { problems: string[] },
  form: FormData,
): Promise<{ problems: string[] }> {
  const viewer = await viewerWho('requests.approve', domain)
  return confirmed(form, async (key) => {
    const reason = sentence('the reason', 500, 0).safeParse(form.get('answer') ?? '')
    if (!reason.success) throw new Invalid(reason.error.issues.map(({ message }) => message))
    await declineRequest(viewer, idIn(id), reason.data, key)
    return requests(viewer.account.domain)
  })
}
