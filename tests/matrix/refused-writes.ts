import type { Permission } from '@/lib/access/permissions'
import { can, type Viewer } from '@/lib/access/viewer'
import { changeRole, endSignIns, removeRole } from '@/lib/administration/change-role'
import { approveRequest, declineRequest } from '@/lib/administration/decide-request'
import { giveRoles } from '@/lib/administration/grant'
import * as groups from '@/lib/administration/plan-groups'
import * as places from '@/lib/administration/plan-places'
import { changeSettings } from '@/lib/administration/settings'
import { endSupport, openSupport } from '@/lib/administration/support'
import { applyPlan } from '@/lib/assignment/apply'
import { addRule, planRules, removeRule } from '@/lib/assignment/rules'
import { undoAssignment } from '@/lib/assignment/undo'
import { applyImport, checkImport } from '@/lib/importing/changes'
import { decideDifferences } from '@/lib/importing/decide'
import { revealPak } from '@/lib/paks/reveal'
import { resendShare, revokeShares } from '@/lib/sharing/revoke'
import { sendShare } from '@/lib/sharing/send'
import { type AdministrationThings, draftIn } from './ask-administration'
import { type OrderThing, ordersFor } from './ask-orders'
import { WHOLE_ORDER, type WorkThings } from './ask-work'
import { SPARE_SUPPORT } from './fixture'
import { askedIn, type Ids } from './ids'

type Written = {
  administration: AdministrationThings
  work: WorkThings
  orders: readonly OrderThing[]
  virtualAccounts: Ids
  runs: readonly number[]
  differences: readonly number[]
}
type Write = readonly [what: string, write: () => Promise<unknown>]

const SETTINGS = { name: 'Another name', sharesAdminContacts: true, virtualAdminsManageUsers: true }
const GROUP = { name: 'Another group', description: '' }
const PLACE = {
  ...{ name: 'Another place', description: '', parentId: null, isRestricted: false },
  ...{ preferredEndDate: null, tags: {} },
}
const FILE = Buffer.from('Product Number,Instance Number\nC9300-48P,700000001\n')

/** By the permission that each needs, what somebody without it anywhere in the account is refused, whatever it is about. */
export function refusedWrites(viewer: Viewer, things: Written) {
  const { domain } = viewer.account
  const key = () => crypto.randomUUID()
  const of = (ids: Ids) => askedIn(ids, domain, 2)
  const place = things.virtualAccounts[domain]?.[0] ?? 0
  const draft = draftIn(place)
  const { roles, groups: groupIds, requests, support } = things.administration
  const [order] = ordersFor(things.orders, domain).filter((one) => one.domain === domain)
  const writes: Partial<Record<Permission, Write[]>> = {
    'users.manage': [
      ['role given', () => giveRoles(viewer, ['new@new.example'], draft, key())],
      ['group made', () => groups.createGroup(viewer, GROUP, key())],
      ...of(roles).flatMap((id): Write[] => [
        [`role ${id} changed`, () => changeRole(viewer, id, '', draft, key())],
        [`role ${id} removed`, () => removeRole(viewer, id, key())],
        [`sign-ins of role ${id} ended`, () => endSignIns(viewer, id, key())],
      ]),
      ...of(groupIds).flatMap((id): Write[] => [
        [`group ${id} renamed`, () => groups.renameGroup(viewer, id, GROUP, key())],
        [`group ${id} deleted`, () => groups.deleteGroup(viewer, id, key())],
        [`group ${id} joined`, () => groups.addMembers(viewer, id, ['new@new.example'], key())],
        [`group ${id} left`, () => groups.removeMember(viewer, id, viewer.id, key())],
        [`role given to group ${id}`, () => groups.giveGroupRole(viewer, id, draft, key())],
        [`role taken from group ${id}`, () => groups.takeGroupRole(viewer, id, 1, key())],
      ]),
    ],
    'requests.approve': of(requests).flatMap((id): Write[] => [
      [`request ${id} approved`, () => approveRequest(viewer, id, [draftIn(null)], key())],
      [`request ${id} declined`, () => declineRequest(viewer, id, '', key())],
    ]),
    'account.manage': [
      ['settings changed', () => changeSettings(viewer, { ...SETTINGS, name: viewer.account.name }, SETTINGS, key())],
      [
        'support opened',
        () => openSupport(viewer, { email: SPARE_SUPPORT, reason: 'Case', lastDay: '2026-05-10' }, key()),
      ],
      ...of(support).map((id): Write => [`support ${id} ended`, () => endSupport(viewer, id, key())]),
    ],
    'virtual-accounts.manage': [
      ['place made', () => places.createPlace(viewer, PLACE, key())],
      ...of(things.virtualAccounts).flatMap((id): Write[] => [
        [`place ${id} changed`, () => places.changePlace(viewer, id, PLACE, key())],
        [`place ${id} made the default`, () => places.makeDefault(viewer, id, key())],
        [`place ${id} deleted`, () => places.deletePlace(viewer, id, null, key())],
      ]),
    ],
    assign: [
      ['rule made', () => addRule(viewer, { field: 'site', value: 'Another site', target: place }, key())],
      ['rule removed', () => removeRule(viewer, 1, key())],
      ['rules planned', () => planRules(viewer, null)],
      ...of(things.work.plans).map((id): Write => [`plan ${id} carried out`, () => applyPlan(viewer, id)]),
      ...of(things.work.changeSets).map((id): Write => [`${id} taken back`, () => undoAssignment(viewer, id, key())]),
    ],
    'orders.share': [
      ...(order
        ? [['order shared', () => sendShare(viewer, order.number, ['x@new.example'], WHOLE_ORDER, key())] as const]
        : []),
      ['shares taken back', () => revokeShares(viewer, [1, 2, 3], key())],
      ['share sent again', () => resendShare(viewer, 1, key())],
    ],
    'pak.reveal': [1, 2].map((id): Write => [`PAK ${id} revealed`, () => revealPak(viewer, id, 'To see')]),
    import: [
      ['differences decided', () => decideDifferences(viewer, things.differences, 'take')],
      ['import checked', () => checkImport(viewer, { format: 'lc-devices', fileName: 'f.csv', bytes: FILE })],
      ...things.runs.map((id): Write => [`import ${id} carried out`, () => applyImport(viewer, id)]),
    ],
  }
  return Object.entries(writes).flatMap(([permission, all]) =>
    can(viewer, permission as Permission) ? [] : all.map(([what, ask]) => ({ what: `${REFUSED}${what}`, ask })),
  )
}

/** How the questions of writes begin that must be refused. */
export const REFUSED = 'no: '
