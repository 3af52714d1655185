import 'server-only'
import { eq } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { users } from '@/db/schema/people'
import { asUser } from '@/lib/access/database'
import type { Assignment } from '@/lib/access/roles'
import { type Viewer, viewerWith } from '@/lib/access/viewer'
import { allRolesOf } from './fresh'
import { rolesOfGroup } from './groups'
import type { PreviewGrant } from './preview-address'
import { isDelegated } from './queries'
import { mayManage } from './rules'
import { whatOf } from './words'

/** Somebody as they would be with a grant: what they would see, and the grant in words. Null in `as` where they would see nothing. */
export type GrantPreview = { as: Viewer | null; what: string }

/**
 * The viewer's account in the scope of a grant that is theirs to give, with what the person has already; null where it is
 * not theirs. Nothing is seen by it that the viewer does not see: row-level security answers to the viewer's own id, and
 * names are told as they would be told to somebody of the other organization.
 */
export function previewGrant(viewer: Viewer, grant: PreviewGrant): Promise<GrantPreview | null> {
  return asUser(viewer, async (reader) => {
    const given = await rolesGiven(reader, viewer, grant)
    if (given === null) return null
    const { person, without } = grant
    const isKnown = typeof person === 'number'
    const held = isKnown ? await allRolesOf(reader, viewer, person) : []
    const kept = held.filter((role) => role.group || role.id !== without)
    const as = viewerWith(viewer, [...kept, ...given])
    const organisation = isKnown ? await organisationOf(reader, person) : (person ?? viewer.organisation)
    const what = given.map((role) => whatOf(viewer, { ...role, lastDay: null, purpose: '' })).join(' ')
    return { as: as && { ...as, organisation, isPreview: true }, what }
  })
}

async function organisationOf(reader: Reader, id: number): Promise<string> {
  const [row] = await reader.select({ organisation: users.organisation }).from(users).where(eq(users.id, id))
  return row?.organisation ?? ''
}

/** What the grant gives; null where one role of it is not the viewer's to give, or the group not theirs to know. */
async function rolesGiven(reader: Reader, viewer: Viewer, grant: PreviewGrant): Promise<Assignment[] | null> {
  const delegated = await isDelegated(reader, viewer)
  const roles =
    'group' in grant
      ? (await rolesOfGroup(reader, viewer, grant.group)).map((role) => ({ ...role, expiresAt: null }))
      : grant.places.map((virtualAccountId) => ({
          ...{ id: 0, role: grant.role, virtualAccountId, includesNested: grant.includesNested, expiresAt: null },
        }))
  if (roles.length === 0 || !roles.every((role) => mayManage(viewer, role, delegated))) return null
  return roles.map(({ id, role, virtualAccountId, includesNested, expiresAt }) => ({
    ...{ id, accountId: viewer.account.id, role, virtualAccountId, includesNested, expiresAt },
  }))
}
