'use server'

import { confirmed, idIn, parsed, stepped, viewerWho } from '@/app/form-steps'
import type { FormState } from '@/lib/administration/state'
import { endSupport as end, openSupport as open } from '@/lib/administration/support'
import { supportForm } from '@/lib/administration/support-schema'
import { today } from '@/lib/clock'
import { supportAccess } from '@/lib/paths'
import { readDate } from '@/lib/table/cells'

/** Shows what support would see; with the step `give` it is let in. */
export async function openSupport(domain: string, _: FormState, form: FormData): Promise<FormState> {
  const viewer = await viewerWho('account.manage', domain)
  const schema = supportForm(today())
  return stepped(form, Object.keys(schema.shape), {
    review: async () => {
      const { email, lastDay } = parsed(schema, form)
      return {
        what: `${email} reads all of ${viewer.account.name} through ${readDate(lastDay)}.`,
        notes: [
          'They see what a Smart Account Viewer sees and change nothing. Each page that they open leaves an event. You can end it at any time.',
        ],
      }
    },
    give: async (_, key) => {
      await open(viewer, parsed(schema, form), key)
      return supportAccess(viewer.account.domain)
    },
  })
}

/** Ends the access of support at once. */
export async function endSupport(
  domain: string,
  access: number,
  _: { problems: string[] },
  form: FormData,
): Promise<{ problems: string[] }> {
  const viewer = await viewerWho('account.manage', domain)
  return confirmed(form, async (key) => {
    await end(viewer, idIn(access), key)
    return supportAccess(viewer.account.domain)
  })
}
