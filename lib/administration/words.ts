import { pathOf, type Role, roleLabels } from '@/lib/access/roles'
import { can, type Viewer } from '@/lib/access/viewer'
import { readDate } from '@/lib/table/cells'
import type { Reviewed } from './grant'
import { mayPlan } from './place-rules'
import { placeOf } from './queries'
import { isOverAccount, type RoleDraft } from './schema'
import type { PersonReview, RoleFields } from './state'

/** What a review is of, in a sentence. */
export const whatOf = (viewer: Viewer, draft: RoleDraft): string => {
  const where = `${roleLabels[draft.role]}: ${placeOf(draft, viewer)}`
  return `${where}${draft.lastDay === null ? ', without an end' : `, until ${readDate(draft.lastDay)}`}.`
}

/** A person of a review with what they see now and then, side by side. */
export const sightsOf = ({ typed, email, problem, isOutside, before, after, preview }: Reviewed): PersonReview => ({
  ...(preview && { preview }),
  who: email ?? typed,
  problem,
  isOutside,
  tabs: after.map(({ tab, label, count }) => ({
    label,
    before: before.find((seen) => seen.tab === tab)?.count ?? 0,
    after: count,
  })),
})

/** The roles and places that the viewer may choose from, and a form that nothing was chosen in yet. */
export function choicesOf(viewer: Viewer) {
  const isWhole = can(viewer, 'users.manage', [null])
  const places = viewer.virtualAccounts.filter(({ id }) => can(viewer, 'users.manage', [id]))
  const roles = (Object.keys(roleLabels) as Role[]).filter((role) => isWhole || !isOverAccount(role))
  return {
    roles: roles.map((value) => ({ value, label: roleLabels[value] })),
    places: [
      ...(isWhole ? [{ value: '', label: 'Whole Smart Account' }] : []),
      ...places
        .map(({ id }) => ({ value: String(id), label: pathOf(id, viewer.virtualAccounts) }))
        .sort((a, b) => a.label.localeCompare(b.label, 'en')),
    ],
  }
}

/** Where the viewer may put a Virtual Account, apart from these. */
export function parentsFor(viewer: Viewer, except: ReadonlySet<number> = new Set()) {
  const isFree = ({ id }: { id: number }) => !except.has(id) && mayPlan(viewer, id)
  return [
    ...(mayPlan(viewer, null) ? [{ value: '', label: 'At the top' }] : []),
    ...viewer.virtualAccounts
      .filter(isFree)
      .map(({ id }) => ({ value: String(id), label: pathOf(id, viewer.virtualAccounts) }))
      .sort((a, b) => a.label.localeCompare(b.label, 'en')),
  ]
}

export const emptyFields = ({ roles, places }: ReturnType<typeof choicesOf>): RoleFields => ({
  people: '',
  role: roles.find(({ value }) => value.endsWith('_viewer'))?.value ?? '',
  place: places[0]?.value ?? '',
  nested: 'yes',
  lastDay: '',
  purpose: '',
})
