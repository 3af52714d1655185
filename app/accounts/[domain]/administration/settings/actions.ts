'use server'

import { z } from 'zod'
import { parsed, stepped, viewerWho } from '@/app/form-steps'
import { changeSettings as change, changedSettings, type Settings, settingsOf } from '@/lib/administration/settings'
import { settingsForm } from '@/lib/administration/settings-schema'
import { settingLines } from '@/lib/administration/settings-words'
import type { FormState } from '@/lib/administration/state'
import { Invalid } from '@/lib/errors'
import { accountSettings } from '@/lib/paths'

const shown = z.object({ name: z.string(), sharesAdminContacts: z.boolean(), virtualAdminsManageUsers: z.boolean() })

/** Shows what other settings would mean; with the step `give` they hold. `seen` is how the page showed them. */
export async function changeSettings(domain: string, seen: Settings, _: FormState, form: FormData): Promise<FormState> {
  const viewer = await viewerWho('account.manage', domain)
  const before = shown.parse(seen)
  return stepped(form, Object.keys(settingsForm.shape), {
    review: async () => {
      const wanted = parsed(settingsForm, form)
      if (changedSettings(before, wanted).length === 0) throw new Invalid(['Nothing is different from what it is now.'])
      const lines = settingLines(before, wanted, await settingsOf(viewer))
      return { what: `Settings of ${before.name}.`, lines, notes: ['They hold from the next request of everybody on.'] }
    },
    give: async (_, key) => {
      await change(viewer, before, parsed(settingsForm, form), key)
      return accountSettings(viewer.account.domain)
    },
  })
}
