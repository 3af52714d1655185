import type { Sql } from 'postgres'
import type { Viewer } from '@/lib/access/viewer'
import { reviewChange } from '@/lib/administration/change-role'
import { reviewRequest } from '@/lib/administration/decide-request'
import { reviewGrant } from '@/lib/administration/grant'
import { previewGrant } from '@/lib/administration/grant-preview'
import { memberReview, roleReview } from '@/lib/administration/group-words'
import { groupOf, groupsOf } from '@/lib/administration/groups'
import { administrationParts } from '@/lib/administration/parts'
import { placesOf } from '@/lib/administration/places'
import { roleOf, usersOf } from '@/lib/administration/queries'
import { requestOf, requestsOf } from '@/lib/administration/requests'
import type { RoleDraft } from '@/lib/administration/schema'
import { settingsOf } from '@/lib/administration/settings'
import { supportOf } from '@/lib/administration/support'
import { choicesOf, parentsFor } from '@/lib/administration/words'
import { accountPlaces, tabsOf } from '@/lib/navigation'
import { reportsFor } from '@/lib/reports/build'
import { tables } from '@/lib/resources/all'
import { choicesOf as actionsOf } from '@/lib/table/row-actions'
import { askedIn, byAccount, type Ids } from './ids'
import { ask, type Question, withoutRoles } from './question'

/** What people administer, by account. */
export type AdministrationThings = { roles: Ids; groups: Ids; requests: Ids; support: Ids }

/** Of each kind of role in each place one, all of groups, requests and support. */
export const administrationThings = async (owner: Sql): Promise<AdministrationThings> => ({
  roles: await byAccount(
    owner,
    `select distinct on (smart_account_id, role, virtual_account_id, expires_at is null, revoked_at is null) id, smart_account_id
      from role_assignments order by smart_account_id, role, virtual_account_id, expires_at is null, revoked_at is null, id`,
  ),
  groups: await byAccount(owner, 'select id, smart_account_id from user_groups'),
  requests: await byAccount(
    owner,
    'select id, smart_account_id from access_requests where smart_account_id is not null',
  ),
  support: await byAccount(owner, 'select id, smart_account_id from support_access'),
})

/** A role in a Virtual Account as a form gives it. */
export const draftIn = (virtualAccountId: number | null): RoleDraft => ({
  ...{ role: virtualAccountId === null ? 'sa_viewer' : 'va_viewer', virtualAccountId },
  ...{ includesNested: false, lastDay: null, purpose: '' },
})

const ENTRIES = ['nested@aurora.example', 'asker-1@0.new.example', 'nobody@new.example'].map((email) => ({
  typed: email,
  email,
}))

/** The pages of administration, with what a form shows before it is sent; and what of the account is offered at all. */
export function askAdministration(
  viewer: Viewer,
  things: AdministrationThings,
  places: readonly number[],
  brief: boolean,
) {
  const { domain } = viewer.account
  const to = { person: null, without: null }
  const most = brief ? 3 : 30
  const each = (ids: Ids, questions: (id: number) => Question[]) => askedIn(ids, domain, most).flatMap(questions)
  return [
    ask('what is offered', async () => [
      [tabsOf(viewer), accountPlaces(viewer), reportsFor(viewer), administrationParts(viewer)],
      [choicesOf(viewer), parentsFor(viewer)],
      [accountPlaces(withoutRoles(viewer)), reportsFor(withoutRoles(viewer))],
      Object.entries(tables).map(([tab, table]) => [tab, actionsOf(viewer, table)]),
    ]),
    ask('users', async () => withoutSignIns(await usersOf(viewer, 1))),
    ask('groups', () => groupsOf(viewer)),
    ask('places', () => placesOf(viewer)),
    ask('requests', () => requestsOf(viewer)),
    ask('settings', () => settingsOf(viewer)),
    ask('support', () => supportOf(viewer)),
    ...each(things.roles, (id) => [ask(`role ${id}`, async () => withoutSignIns(await roleOf(viewer, id)))]),
    ...askedIn(things.roles, domain, brief ? 1 : 6).map((id) =>
      ask(`change of role ${id}`, () => reviewChange(viewer, id, draftIn(places[0] ?? null))),
    ),
    ...each(things.groups, (id) => [
      ask(`group ${id}`, () => groupOf(viewer, id)),
      ask(`members of group ${id}`, () => memberReview(viewer, id, ENTRIES)),
      ask(`another role of group ${id}`, () => roleReview(viewer, id, draftIn(places[0] ?? null))),
      ask(`preview of group ${id}`, () => previewGrant(viewer, { group: id, ...to })),
    ]),
    ...each(things.requests, (id) => [
      ask(`request ${id}`, () => requestOf(viewer, id)),
      ask(`approval of request ${id}`, () => reviewRequest(viewer, id, [draftIn(null)])),
    ]),
    ...[null, ...places.slice(0, 4)].flatMap((place) => [
      ask(`role in ${place} given`, () => reviewGrant(viewer, ENTRIES, draftIn(place))),
      ask(`preview of a role in ${place}`, () =>
        previewGrant(viewer, { role: draftIn(place).role, places: [place], includesNested: false, ...to }),
      ),
    ]),
  ]
}

/** To ask in somebody's name is to sign them in once more. */
const withoutSignIns = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, inner) => (['openSignIns', 'lastSignIn'].includes(name) ? undefined : inner)) ??
      'null',
  )
