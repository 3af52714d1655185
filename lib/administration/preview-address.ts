import { type Role, roleLabels } from '@/lib/access/roles'
import { grantPreview, idOf } from '@/lib/paths'
import { isOverAccount, type RoleDraft } from './schema'

/** To whom something would be given: a person by id, somebody unknown so far by organization, or nobody yet. */
type To = number | string | null

/** A grant that is looked at before it is given. `without`: the role that it takes the place of. */
export type PreviewGrant = { person: To; without: number | null } & (
  | { role: Role; places: (number | null)[]; includesNested: boolean }
  | { group: number }
)

const roles = Object.keys(roleLabels)
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/

/** A grant as it stands in an address: `va_user:5,7:nested:17:` or `group:3::corp.example:`. */
export function writeGrant(grant: PreviewGrant): string {
  const to = [grant.person ?? '', grant.without ?? '']
  if ('group' in grant) return ['group', grant.group, '', ...to].join(':')
  const places = grant.places.filter((place) => place !== null).join(',')
  return [grant.role, places, grant.includesNested ? 'nested' : '', ...to].join(':')
}

/** Reads what `writeGrant` writes; null for anything else. */
export function readGrant(text: string): PreviewGrant | null {
  const [kind = '', ids = '', nested = '', person = '', without = '', ...more] = text.split(':')
  const to = person === '' ? null : (idOf(person) ?? (DOMAIN.test(person) ? person : undefined))
  if (to === undefined || more.length > 0 || !['', 'nested'].includes(nested)) return null
  const common = { person: to, without: idOf(without) }
  const numbers = ids === '' ? [] : ids.split(',').map(idOf)
  if (numbers.some((id) => id === null)) return null
  if (kind === 'group') return numbers[0] ? { ...common, group: numbers[0] } : null
  if (!roles.includes(kind)) return null
  const role = kind as Role
  if (isOverAccount(role) !== (numbers.length === 0)) return null
  return { ...common, role, places: isOverAccount(role) ? [null] : numbers, includesNested: nested === 'nested' }
}

/** Where one sees what somebody would see with these roles. */
export function previewHref(
  domain: string,
  drafts: readonly Pick<RoleDraft, 'role' | 'virtualAccountId' | 'includesNested'>[],
  person: To,
  without: number | null = null,
): string {
  const [{ role, includesNested } = { role: 'va_viewer' as const, includesNested: false }] = drafts
  const places = drafts.map(({ virtualAccountId }) => virtualAccountId)
  return grantPreview(domain, writeGrant({ role, places, includesNested, person, without }), 'overview')
}
