import { deviceFile, someDevice } from '../../support/device-file'
import { DOMAINS, rolesIn, type Somebody, seesAssets } from '../people'
import type { Sight } from '../sight'
import { changeSettings, endSupport, openSupport } from './account-deeds'
import { type Acted, DEVICE_ROLLUPS, type Sent } from './acting'
import { assignActions } from './assign-rows'
import { seesWhole } from './cells'
import { cancelJob, startJob } from './export-deeds'
import {
  addMembers,
  createGroup,
  deleteGroup,
  giveGroupRole,
  removeMember,
  renameGroup,
  takeGroupRole,
} from './group-deeds'
import { addNote } from './noting'
import { revealPak, revealSharedPak } from './pak-deeds'
import {
  changeVirtualAccount,
  createVirtualAccount,
  deleteVirtualAccount,
  makeDefaultVirtualAccount,
} from './place-deeds'
import { approveAccessRequest, askForAccess, declineAccessRequest, withdrawAccessRequest } from './request-deeds'
import { addPeople, changeRole, endSignIns, removeRole } from './role-deeds'
import { claimAccess, resendAccess, revokeAccess, sendOrderAccess } from './share-deeds'
import { changeSavedView, removeSavedView, saveView, scheduleSavedView, updateSavedView } from './view-deeds'
import { accountRows, type World } from './world'

/** One way to post an action: what is sent, who may, and what it changes. */
export type Deed = Sent & {
  name: string
  /** The account that it is posted in. */
  domain: string
  /** The same with the name of what is not there; whoever may not gets the same answer. */
  missing: Sent
  /** One more of a kind that a deed beside it has tried as everybody: only who is in the account tries it. */
  isOneOfMany?: true
  isAllowed(somebody: Somebody): boolean
  /** Whoever is signed in may. */
  isForEverybody?: true
  /** Posted first by whoever may; where it leads to gives the arguments. */
  first?: Sent & { action: string; argsFrom(leadsTo: string): readonly unknown[] }
  /** The arguments of each of those who may, where what one has done cannot be done again. */
  argsOf?(): readonly unknown[]
  /** The only tables that it may change, and how many events it leaves. */
  changes: readonly string[]
  events: number
  /** Rows that stay as they are, whoever does it: what follows `from`. */
  keeps?(sight: Sight): string
  /** What is wrong with the answer to somebody who may. */
  read(acted: Acted, sight: Sight): Promise<string[]> | string[]
}
export type Row = (world: World) => Deed[]

const NOWHERE = 'missing.example'
const inAccount = (domain: string) => (somebody: Somebody) => seesAssets(somebody, domain)
const administers = (domain: string) => (somebody: Somebody) =>
  somebody.isActive && rolesIn(somebody, domain).some(({ role }) => role === 'sa_admin')
const nobody = () => false
const NOTHING = { changes: [], events: 0 }

const leads = (pattern: RegExp) => (acted: Acted) =>
  pattern.test(acted.leadsTo) ? [] : [`it leads to ${acted.status} ${acted.leadsTo}`]

/** Values of chosen rows: by ids of every account, and of all rows of the list. */
const values =
  (tab: string, table: string, column: string, ids: (world: World) => number[]): Row =>
  (world) =>
    DOMAINS.flatMap((domain) =>
      [
        { search: '', all: false, ids: [...ids(world), 999_999_999] },
        { search: '', all: true, ids: [] },
      ].map((chosen) => ({
        domain,
        name: `${tab} of ${domain}, ${chosen.all ? 'all' : 'those of everybody'}`,
        path: `/accounts/${domain}/${tab}`,
        args: [domain, chosen],
        missing: { path: `/accounts/${NOWHERE}/${tab}`, args: [NOWHERE, chosen] },
        ...(chosen.all && { isOneOfMany: true as const }),
        isAllowed: inAccount(domain),
        ...NOTHING,
        read: async ({ value }: Acted, sight: Sight) => {
          const named = chosen.all ? 'true' : `t.id = any('{${chosen.ids.join(',')}}')`
          const rows = await world.owner.unsafe<{ value: string }[]>(
            `select ${column} as value from ${table} t where ${accountRows(world, table, sight, domain)} and ${named} and ${column} <> ''`,
          )
          const [found, wanted] = [value, rows.map((row) => row.value)].map((list) =>
            JSON.stringify([list].flat().sort()),
          )
          return found === wanted ? [] : [`it gave ${found?.slice(0, 200)}, not ${wanted?.slice(0, 200)}`]
        },
      })),
    )

const TABLES = ['devices', 'licensing', 'contracts', 'subscriptions', 'events'] as const

const saveLayout: Row = () =>
  DOMAINS.map((domain, index) => {
    const table = TABLES[index % TABLES.length] ?? 'devices'
    const sent = (where: string): Sent => ({
      path: `/accounts/${where}/${table}`,
      args: [{ domain: where, table, search: '' }],
      form: { column: 'architecture', density: 'compact' },
    })
    return {
      ...{ domain, name: `layout of ${table} of ${domain}`, ...sent(domain), missing: sent(NOWHERE) },
      isAllowed: inAccount(domain),
      ...{ changes: ['table_layouts'], events: 0 },
      keeps: ({ userId }: Sight) => `table_layouts t where user_id <> ${userId}`,
      read: leads(new RegExp(`^/accounts/${domain}/${table}$`)),
    }
  })

const fileFor = (domain: string, instance: string): Sent => ({
  path: `/accounts/${domain}/administration/imports`,
  args: [domain, { problems: [] }],
  form: {
    format: 'lc-devices',
    file: new File(
      [new Uint8Array(deviceFile([someDevice(instance, { 'Customer Country': 'Norway' })]))],
      'devices.csv',
    ),
  },
})
const CHECKED = ['rate_limits', 'events', 'event_cube', 'import_plan', 'import_rows', 'import_runs']

const checkFile: Row = () =>
  DOMAINS.map((domain, index) => ({
    ...{
      domain,
      name: `a file for ${domain}`,
      ...fileFor(domain, `71000${index}`),
      missing: fileFor(NOWHERE, '710009'),
    },
    isAllowed: administers(domain),
    ...{ changes: CHECKED, events: 1 },
    read: leads(new RegExp(`^/accounts/${domain}/administration/imports/\\d+$`)),
  }))

/** The run of every account in every account: it is carried out where it was made, by those who may. */
const applyRun: Row = ({ runs }) =>
  DOMAINS.flatMap((domain, index) => {
    const path = `/accounts/${domain}/administration/imports`
    const missing = { path: `/accounts/${NOWHERE}/administration/imports`, args: [NOWHERE, 999_999_998] }
    const own = runs.find((run) => run.domain === domain)?.id ?? 999_999_999
    const foreign = runs.filter((run) => run.domain !== domain)
    return [
      {
        ...{ domain, name: `a run in ${domain}`, path, args: [domain, own], missing, isAllowed: administers(domain) },
        first: {
          ...fileFor(domain, `72000${index}`),
          action: 'checkFile',
          argsFrom: (leadsTo: string) => [domain, Number(/\d+$/.exec(leadsTo)?.[0])],
        },
        ...{ changes: IMPORTED, events: 1 },
        read: leads(new RegExp(`^${path}/\\d+$`)),
      },
      ...[...foreign, { id: 999_999_999, domain: 'nowhere' }].map((run) => ({
        ...{ domain, name: `the run of ${run.domain} in ${domain}`, path, args: [domain, run.id] },
        ...{ missing: { path, args: [domain, 999_999_998] }, isOneOfMany: true as const },
        ...{ isAllowed: nobody, ...NOTHING, read: () => [] },
      })),
    ]
  })
const IMPORTED = [...CHECKED, 'change_sets', 'change_items', 'devices', 'idempotency_keys', ...DEVICE_ROLLUPS]

/** Each of those who may decides another one: what is decided stays so. Those of other accounts are not there. */
const decide: Row = ({ differences }) =>
  DOMAINS.flatMap((domain) => {
    const path = `/accounts/${domain}/administration/reconciliation`
    const waiting = differences.filter((one) => one.domain === domain).map(({ id }) => Number(id))
    const foreign = Number(differences.find((one) => one.domain !== domain)?.id)
    const args = (where: string, id: number | undefined) => [where, [id], { problems: [] }]
    const form = { choice: 'keep' }
    const missing = { path: `/accounts/${NOWHERE}/administration/reconciliation`, args: args(NOWHERE, foreign), form }
    const own = {
      ...{ domain, name: `a difference in ${domain}`, path, args: args(domain, waiting[0]), form, missing },
      argsOf: () => args(domain, waiting.shift()),
      isAllowed: administers(domain),
      ...{ changes: DECIDED, events: 1 },
      read: leads(new RegExp(`^${path}$`)),
    }
    const others = {
      ...{ domain, name: `a difference of others in ${domain}`, path, args: args(domain, foreign), form },
      ...{ missing: { path, args: args(domain, 999_999_998), form }, isOneOfMany: true as const },
      ...{ isAllowed: nobody, ...NOTHING, read: () => [] },
    }
    return waiting.length > 0 ? [own, others] : [others]
  })
const DECIDED = ['differences', 'change_sets', 'change_items', 'events', 'event_cube', 'idempotency_keys']

const verifyPart: Row = () =>
  DOMAINS.map((domain) => ({
    ...{ domain, name: `the chain of ${domain}`, path: `/accounts/${domain}/events`, args: [domain, 0] },
    ...{
      missing: { path: `/accounts/${NOWHERE}/events`, args: [NOWHERE, 0] },
      isAllowed: seesWhole(domain),
      ...NOTHING,
    },
    read: ({ value }) => (JSON.stringify(value).includes('"broken":null') ? [] : [`it gave ${JSON.stringify(value)}`]),
  }))

/** Serial numbers of everybody, pasted by everybody: only devices in scope are known. */
const lookUpPasted: Row = (world) =>
  DOMAINS.map((domain) => {
    const ids = world.devices.map(({ id }) => Number(id))
    const sent = (where: string): Sent => ({
      path: `/accounts/${where}/search/paste`,
      args: [where, { text: '' }],
      form: { text: world.serials.join(' ') },
    })
    return {
      ...{ domain, name: `serial numbers of everybody in ${domain}`, ...sent(domain), missing: sent(NOWHERE) },
      isAllowed: inAccount(domain),
      ...NOTHING,
      read: async ({ value }: Acted, sight: Sight) => {
        const seen = `${accountRows(world, 'devices', sight, domain)} and t.id = any('{${ids.join(',')}}')`
        const rows = await world.owner.unsafe<{ serial: string }[]>(
          `select serial_number as serial from devices t where ${seen} and serial_number is not null order by 1`,
        )
        const answer = value as { rows?: { typed: string; found: unknown[] }[] }
        const known = (answer.rows ?? []).filter(({ found }) => found.length > 0).map(({ typed }) => typed)
        const wanted = rows.map(({ serial }) => serial)
        return JSON.stringify(known.sort()) === JSON.stringify(wanted.sort())
          ? []
          : [`it knows ${known}, not ${wanted}`]
      },
    }
  })

/** Every action of the build, by its name in the sources. An action that is not here fails the matrix. */
export const actions: Readonly<Record<string, Row>> = {
  readSerialNumbers: values('devices', 'devices', 't.serial_number', ({ devices }) =>
    devices.map(({ id }) => Number(id)),
  ),
  readSkus: values('licensing', 'licenses', 't.sku', ({ licenses }) => licenses.map(({ id }) => Number(id))),
  saveLayout,
  ...assignActions,
  startJob,
  cancelJob,
  saveView,
  updateSavedView,
  changeSavedView,
  removeSavedView,
  scheduleSavedView,
  checkFile,
  applyRun,
  decide,
  verifyPart,
  revealPak,
  revealSharedPak,
  addNote,
  lookUpPasted,
  addPeople,
  changeRole,
  removeRole,
  endSignIns,
  sendOrderAccess,
  revokeAccess,
  resendAccess,
  claimAccess,
  createVirtualAccount,
  changeVirtualAccount,
  makeDefaultVirtualAccount,
  deleteVirtualAccount,
  approveAccessRequest,
  askForAccess,
  declineAccessRequest,
  withdrawAccessRequest,
  changeSettings,
  openSupport,
  endSupport,
  createGroup,
  renameGroup,
  addMembers,
  removeMember,
  giveGroupRole,
  takeGroupRole,
  deleteGroup,
}
