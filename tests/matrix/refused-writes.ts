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
import { changeView, removeView } from '@/lib/views/changes'
import { scheduleView } from '@/lib/views/schedules'
import { draftIn } from './ask-administration'
import { WHOLE_ORDER } from './ask-work'
import { SPARE_SUPPORT } from './fixture'
import { askedIn, type Ids } from './ids'
import type { Things } from './observe'
import type { Question } from './question'

/** What a write is refused for: without the permission over the whole account, or without it anywhere in the account. */
type Over = 'account' | 'anywhere'
type Write = readonly [what: string, write: () => Promise<unknown>]
type Kind = {
  needs: Permission
  over: Over
  once?: Write[]
  /** Of things by their ids: those of another account are nothing to anybody in this one. */
  each?: readonly { ids: Ids; of: (id: number) => Write[] }[]
}

const SETTINGS = { name: 'Another name', sharesAdminContacts: true, virtualAdminsManageUsers: true }
const GROUP = { name: 'Another group', description: '' }
const PLACE = {
  ...{ name: 'Another place', description: '', parentId: null, isRestricted: false },
  ...{ preferredEndDate: null, tags: {} },
}
const FILE = Buffer.from('Product Number,Instance Number\nC9300-48P,700000001\n')

/** Writes that must be refused to the viewer, whatever else is in them. */
export function refusedWrites(viewer: Viewer, things: Things): Question[] {
  const { domain } = viewer.account
  return kindsOf(viewer, things).flatMap(({ needs, over, once = [], each = [] }) => {
    const isAllowed = over === 'account' ? can(viewer, needs, [null]) : can(viewer, needs)
    const writes = each.flatMap(({ ids, of }) => {
      const elsewhere = askedIn(ids, domain, 0)
      return (isAllowed ? elsewhere : [...(ids[domain] ?? []).slice(0, 2), ...elsewhere]).flatMap(of)
    })
    return [...(isAllowed ? [] : once), ...writes].map(([what, ask]) => ({ what: `${REFUSED}${what}`, ask }))
  })
}

/** How the questions of writes begin that must be refused. */
export const REFUSED = 'no: '

function kindsOf(viewer: Viewer, things: Things): Kind[] {
  const { domain } = viewer.account
  const key = () => crypto.randomUUID()
  const place = things.virtualAccounts[domain]?.[0] ?? 0
  const draft = draftIn(place)
  const { roles, groups: groupIds, requests, support } = things.administration
  const { plans, changeSets, views, rules, shares, paks, runs, differences } = things.work
  const order = things.orders.find((one) => one.domain === domain)
  return [
    {
      ...{ needs: 'users.manage', over: 'account' },
      once: [
        ['role given', () => giveRoles(viewer, ['new@new.example'], draft, key())],
        ['group made', () => groups.createGroup(viewer, GROUP, key())],
      ],
      each: [
        {
          ids: roles,
          of: (id) => [
            [`role ${id} changed`, () => changeRole(viewer, id, '', draft, key())],
            [`role ${id} removed`, () => removeRole(viewer, id, key())],
            [`sign-ins of role ${id} ended`, () => endSignIns(viewer, id, key())],
          ],
        },
        {
          ids: groupIds,
          of: (id) => [
            [`group ${id} renamed`, () => groups.renameGroup(viewer, id, GROUP, key())],
            [`group ${id} deleted`, () => groups.deleteGroup(viewer, id, key())],
            [`group ${id} joined`, () => groups.addMembers(viewer, id, ['new@new.example'], key())],
            [`group ${id} left`, () => groups.removeMember(viewer, id, viewer.id, key())],
            [`role given to group ${id}`, () => groups.giveGroupRole(viewer, id, draft, key())],
            [`role taken from group ${id}`, () => groups.takeGroupRole(viewer, id, 1, key())],
          ],
        },
      ],
    },
    {
      ...{ needs: 'requests.approve', over: 'account' },
      each: [
        {
          ids: requests,
          of: (id) => [
            [`request ${id} approved`, () => approveRequest(viewer, id, [draftIn(null)], key())],
            [`request ${id} declined`, () => declineRequest(viewer, id, '', key())],
          ],
        },
      ],
    },
    {
      ...{ needs: 'account.manage', over: 'account' },
      once: [
        ['settings changed', () => changeSettings(viewer, { ...SETTINGS, name: viewer.account.name }, SETTINGS, key())],
        [
          'support opened',
          () => openSupport(viewer, { email: SPARE_SUPPORT, reason: 'Case', lastDay: '2026-05-10' }, key()),
        ],
      ],
      each: [{ ids: support, of: (id) => [[`support ${id} ended`, () => endSupport(viewer, id, key())]] }],
    },
    {
      ...{ needs: 'virtual-accounts.manage', over: 'account' },
      once: [['place made', () => places.createPlace(viewer, PLACE, key())]],
      each: [
        {
          ids: things.virtualAccounts,
          of: (id) => [
            [`place ${id} changed`, () => places.changePlace(viewer, id, PLACE, key())],
            [`place ${id} made the default`, () => places.makeDefault(viewer, id, key())],
            [`place ${id} deleted`, () => places.deletePlace(viewer, id, null, key())],
          ],
        },
      ],
    },
    {
      ...{ needs: 'assign', over: 'account' },
      once: [['rules planned', () => planRules(viewer, null)]],
      each: [
        {
          ids: things.virtualAccounts,
          of: (id) => [
            [`rule for ${id} made`, () => addRule(viewer, { field: 'site', value: 'New', target: id }, key())],
          ],
        },
        {
          ids: rules,
          of: (id) => [
            [`rule ${id} removed`, () => removeRule(viewer, id, key())],
            [`rule ${id} planned`, () => planRules(viewer, id)],
          ],
        },
      ],
    },
    {
      ...{ needs: 'assign', over: 'anywhere' },
      each: [
        { ids: plans, of: (id) => [[`plan ${id} carried out`, () => applyPlan(viewer, id)]] },
        { ids: changeSets, of: (id) => [[`${id} taken back`, () => undoAssignment(viewer, id, key())]] },
      ],
    },
    {
      ...{ needs: 'import', over: 'account' },
      once: [['import checked', () => checkImport(viewer, { format: 'lc-devices', fileName: 'f.csv', bytes: FILE })]],
      each: [
        { ids: runs, of: (id) => [[`import ${id} carried out`, () => applyImport(viewer, id)]] },
        { ids: differences, of: (id) => [[`difference ${id} decided`, () => decideDifferences(viewer, [id], 'keep')]] },
      ],
    },
    {
      ...{ needs: 'orders.share', over: 'anywhere' },
      once: order
        ? [['order shared', () => sendShare(viewer, order.number, ['x@new.example'], WHOLE_ORDER, key())]]
        : [],
      each: [
        {
          ids: shares,
          of: (id) => [
            [`share ${id} taken back`, () => revokeShares(viewer, [id], key())],
            [`share ${id} sent again`, () => resendShare(viewer, id, key())],
          ],
        },
      ],
    },
    {
      ...{ needs: 'pak.reveal', over: 'anywhere' },
      each: [{ ids: paks, of: (id) => [[`PAK ${id} revealed`, () => revealPak(viewer, id, 'To see')]] }],
    },
    {
      ...{ needs: 'export', over: 'anywhere' },
      each: [
        {
          ids: views,
          of: (id) => [
            [`view ${id} changed`, () => changeView(viewer, id, { name: 'Another', shared: true, default: false })],
            [`view ${id} removed`, () => removeView(viewer, id)],
            [
              `view ${id} sent`,
              () => scheduleView(viewer, id, { frequency: 'weekly', recipients: '', skipsEmpty: false }),
            ],
          ],
        },
      ],
    },
  ]
}
