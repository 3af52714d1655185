import { pathOf } from '@/lib/access/roles'
import { can, type Viewer } from '@/lib/access/viewer'

export type Target = { value: string; label: string }

/** Where the viewer may move things to, by their place in the tree. Restricted ones are not told: they are named. */
export const targetsOf = (viewer: Viewer): Target[] =>
  viewer.virtualAccounts
    .filter(({ id, accessLevel }) => accessLevel === 'unrestricted' && can(viewer, 'assign', [id]))
    .map(({ id }) => ({ value: String(id), label: pathOf(id, viewer.virtualAccounts) }))
    .sort((a, b) => a.label.localeCompare(b.label))

/** The Virtual Account of a choice, or the one whose exact name was typed, where the viewer may move things to it. */
export function targetOf(viewer: Viewer, choice: string, name: string): number | null {
  const typed = name.normalize('NFKC').trim()
  const found = viewer.virtualAccounts.find((place) =>
    typed ? place.name === typed : place.accessLevel === 'unrestricted' && String(place.id) === choice,
  )
  return found && can(viewer, 'assign', [found.id]) ? found.id : null
}
