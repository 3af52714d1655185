import { pathOf, type Role } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { Invalid } from '@/lib/errors'
import { isWithin } from './request-schema'
import type { Request } from './requests'
import { isOverAccount, type RoleDraft, readRole } from './schema'
import type { FieldSpec, Given } from './state'
import { choicesOf } from './words'

/** What an approver gives: the role that was asked for or a narrower one, where, and until when. */
export function approvalFields(viewer: Viewer, request: Request, today: string): FieldSpec[] {
  const { roles, places } = choicesOf(viewer)
  return [
    {
      ...{ kind: 'select', name: 'role', label: 'Role', hint: 'The one that was asked for, or one that opens less.' },
      options: roles.filter(({ value }) => isWithin(value as Role, request.role)),
    },
    {
      ...{ kind: 'checks', name: 'place', label: 'Virtual Accounts, for a role in them' },
      options: places.filter(({ value }) => value !== ''),
    },
    {
      ...{ kind: 'select', name: 'nested', label: 'Nested Virtual Accounts', required: false },
      options: [
        { value: '', label: 'These only' },
        { value: 'yes', label: 'These and what is nested in them' },
      ],
    },
    {
      ...{ kind: 'date', name: 'lastDay', label: 'Last day', min: today, required: false },
      hint: 'In UTC. Left empty, the role has no end.',
    },
  ]
}

export const approvalGiven = ({ role, virtualAccountIds }: Request): Given => ({
  ...{ role: [role], place: virtualAccountIds.map(String), nested: [''], lastDay: [''] },
})

/** The roles that the form gives: one over the account, or one in each Virtual Account. Throws Invalid in plain words. */
export function draftsIn(form: FormData, today: string): RoleDraft[] {
  const chosen = form.getAll('place').map(String)
  const isWhole = isOverAccount(String(form.get('role')) as Role)
  if (isWhole && chosen.length > 0)
    throw new Invalid([
      'A role over the whole account is in no Virtual Account. Take the marks away, or choose a role in them.',
    ])
  if (!isWhole && chosen.length === 0) throw new Invalid(['Choose at least one Virtual Account.'])
  return [...new Set(isWhole ? [''] : chosen)].map((place) => {
    const one = new FormData()
    for (const name of ['role', 'nested', 'lastDay']) one.set(name, String(form.get(name) ?? ''))
    one.set('place', place)
    const read = readRole(one, today)
    if ('problems' in read) throw new Invalid(read.problems)
    return read.draft
  })
}

/** Where it was asked for, as far as the names are of Virtual Accounts that the viewer sees. */
export function askedPlaces({ virtualAccounts }: Viewer, { virtualAccountIds, places }: Request): string {
  if (places === '') return 'Whole Smart Account'
  const known = virtualAccountIds.flatMap((id) => pathOf(id, virtualAccounts) || [])
  if (known.length === 0) return `${places} (no Virtual Account has such a name)`
  return known.join(', ') === places ? places : `${places} (${known.join(', ')})`
}
