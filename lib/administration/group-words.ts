import 'server-only'
import { asUser } from '@/lib/access/database'
import type { Assignment } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { organisationOf } from '@/lib/email-address'
import { Invalid, NotFound } from '@/lib/errors'
import { grantPreview } from '@/lib/paths'
import { allRolesOf } from './fresh'
import { knownPeople } from './grant'
import { type Group, groupOf, type Member } from './groups'
import type { Entry } from './people-list'
import { sightPreview } from './preview'
import { previewHref, writeGrant } from './preview-address'
import { isDelegated } from './queries'
import { isOutside, mayManage } from './rules'
import type { RoleDraft } from './schema'
import type { FieldSpec, Review } from './state'
import { choicesOf, sightsOf, whatOf } from './words'

export const groupFields: FieldSpec[] = [
  { kind: 'text', name: 'name', label: 'Name', maxLength: 100 },
  { kind: 'text', name: 'description', label: 'Description', maxLength: 500, required: false },
]

export const memberFields: FieldSpec[] = [
  {
    ...{ kind: 'lines', name: 'people', label: 'People' },
    hint: 'E-mail addresses, or IDs of people of the organization, with commas between them, one a line, or CSV with an e-mail column; up to 100.',
  },
]

/** A Virtual Account role, for a group. */
export function groupRoleFields(viewer: Viewer, today: string): FieldSpec[] {
  const { roles, places } = choicesOf(viewer)
  return [
    { kind: 'select', name: 'role', label: 'Role', options: roles.filter(({ value }) => value.startsWith('va_')) },
    { kind: 'select', name: 'place', label: 'Virtual Account', options: places.filter(({ value }) => value !== '') },
    {
      ...{ kind: 'select', name: 'nested', label: 'Nested Virtual Accounts', required: false },
      options: [
        { value: 'yes', label: 'This one and what is nested in it' },
        { value: '', label: 'This one only' },
      ],
    },
    {
      ...{ kind: 'date', name: 'lastDay', label: 'Last day', min: today, required: false },
      hint: 'In UTC. Left empty, the role has no end.',
    },
  ]
}

async function managed(viewer: Viewer, id: number) {
  const group = await groupOf(viewer, id)
  if (!group?.isManaged) throw new NotFound('There is no such group.')
  return group
}

const assignmentsOf = ({ account }: Viewer, { roles }: Group): Assignment[] =>
  roles.map((role) => ({ ...role, accountId: account.id, expiresAt: null }))

const UNREADABLE = { email: null, problem: 'This is not an e-mail address.', isOutside: false, before: [], after: [] }

/** What each of these people would see as a member, beside what they see now. */
export async function memberReview(
  viewer: Viewer,
  id: number,
  entries: readonly Entry[],
): Promise<Omit<Review, 'key'>> {
  const group = await managed(viewer, id)
  if (entries.length === 0) throw new Invalid(['Name at least one person.'])
  return asUser(viewer, async (reader) => {
    const known = await knownPeople(reader, entries)
    const sightOf = sightPreview(reader, viewer)
    const given = assignmentsOf(viewer, group)
    const isIn = (userId: number | undefined) => group.people.some((member) => member.userId === userId)
    const people = await Promise.all(
      entries.map(async ({ typed, email }) => {
        if (email === null) return { ...UNREADABLE, typed }
        const userId = known.get(email)
        const held = userId === undefined ? [] : await allRolesOf(reader, viewer, userId)
        const [before, after] = await Promise.all([sightOf(held), sightOf([...held, ...given])])
        const outside = isOutside(organisationOf(email), viewer.account)
        const seen = { typed, email, isOutside: outside, before, after }
        if (isIn(userId)) return { ...seen, problem: 'Is in the group already.' }
        const segment = writeGrant({ group: id, person: userId ?? organisationOf(email), without: null })
        const preview = grantPreview(viewer.account.domain, segment, 'overview')
        return { ...seen, problem: null, ...(given.length > 0 && { preview }) }
      }),
    )
    const getting = people.flatMap(({ email, problem }) => (email !== null && problem === null ? [email] : []))
    return {
      what: `Members of ${group.name}.`,
      people: people.map(sightsOf),
      kept: { getting: getting.join('\n') },
    }
  })
}

/** What each member would see with one more role. Throws NotFound where the viewer may not give it. */
export async function roleReview(viewer: Viewer, id: number, draft: RoleDraft): Promise<Omit<Review, 'key'>> {
  const group = await managed(viewer, id)
  const what = `${group.name}: ${whatOf(viewer, draft)}`
  return asUser(viewer, async (reader) => {
    if (draft.virtualAccountId === null || !mayManage(viewer, draft, await isDelegated(reader, viewer)))
      throw new NotFound('There is no such role to give.')
    if (group.roles.some(({ virtualAccountId }) => virtualAccountId === draft.virtualAccountId))
      throw new Invalid(['The group has a role in this Virtual Account already. Take that one first.'])
    const sightOf = sightPreview(reader, viewer)
    const wanted: Assignment = { ...draft, id: 0, accountId: viewer.account.id, expiresAt: null }
    const seenBy = async (member: Member | null) => {
      const held = member ? await allRolesOf(reader, viewer, member.userId) : assignmentsOf(viewer, group)
      const [before, after] = await Promise.all([sightOf(held), sightOf([...held, wanted])])
      return { before, after }
    }
    if (group.people.length === 0) {
      const nobody = { typed: 'Whoever joins the group', email: null, problem: null, isOutside: false }
      return { what, people: [sightsOf({ ...nobody, ...(await seenBy(null)) })] }
    }
    const people = await Promise.all(
      group.people.map(async (member) => ({
        ...{ typed: member.email, email: member.email, problem: null, isOutside: member.isOutside },
        preview: previewHref(viewer.account.domain, [draft], member.userId),
        ...(await seenBy(member)),
      })),
    )
    return { what, people: people.map(sightsOf) }
  })
}
