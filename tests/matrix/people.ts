/** The people of the matrix and what the contract gives them, written out by hand: nothing here asks the product. */

export const NOW = '2026-05-06T10:00:00Z'
export const AURORA = 'aurora.example'
export const BOREALIS = 'borealis.example'
export const COBALT = 'cobalt.example'
export const HOLDING = 'holding.cobalt.example'
export const DELTA = 'delta.example'
/** Every account of the demo. */
export const DOMAINS = [AURORA, BOREALIS, COBALT, HOLDING, DELTA] as const

export type Role = 'sa_admin' | 'sa_approver' | 'sa_user' | 'sa_viewer' | 'va_admin' | 'va_user' | 'va_viewer'

/** A role in force; `places` are all the Virtual Accounts that it reaches, nested ones too; null = the whole account. */
export type Held = { domain: string; role: Role; places: readonly string[] | null; byGroup?: true }

export type Somebody = {
  email: string
  holds: readonly Held[]
  /** Accounts that may be read as support now. */
  supports: readonly string[]
  /** False for somebody whose account was closed: no request of theirs goes through. */
  isActive: boolean
}

const person = (email: string, ...holds: Held[]): Somebody => ({ email, holds, supports: [], isActive: true })
const over = (domain: string, role: Role): Held => ({ domain, role, places: null })
const within = (role: Role, ...places: string[]): Held => ({ domain: AURORA, role, places })

const inGroup = (role: Role, ...places: string[]): Held[] => [{ ...within(role, ...places), byGroup: true }]

const EMEA = ['EMEA', 'Germany', 'France']

/** The personas of the demo. */
export const personas: readonly Somebody[] = [
  person('admin@aurora.example', over(AURORA, 'sa_admin')),
  person('admin2@aurora.example', over(AURORA, 'sa_admin')),
  person('user@aurora.example', over(AURORA, 'sa_user')),
  person('viewer@aurora.example', over(AURORA, 'sa_viewer')),
  person('approver@aurora.example', over(AURORA, 'sa_approver')),
  person('va-admin@aurora.example', within('va_admin', ...EMEA)),
  person('va-user@aurora.example', within('va_user', 'Germany')),
  person('va-viewer@aurora.example', within('va_viewer', 'APJC')),
  person('admin@borealis.example', over(BOREALIS, 'sa_admin'), over(AURORA, 'sa_viewer')),
  person('admin@delta.example', over(DELTA, 'sa_admin')),
  person('partner@cobalt.example', over(COBALT, 'sa_admin'), over(HOLDING, 'sa_admin'), within('va_admin', 'Americas')),
  person('partner2@ember.example', within('va_user', 'EMEA')),
  person('recipient@fjord.example'),
  person('asset-recipient@fjord.example'),
  person('delivery@grove.example'),
  person('stranger@harbor.example'),
  { ...person('support@license-central.example'), supports: [AURORA] },
]

/** A role that the fixture writes: what was given, to whom, and how it stands. */
export type Given = {
  email: string
  role: Role
  place?: string
  isNested?: true
  isRevoked?: true
  hasExpired?: true
}

/** People whom the demo has not: roles that are gone, several at once, closed accounts, support that has ended. */
export const extras: readonly Somebody[] = [
  person(
    'mixed@aurora.example',
    within('va_admin', 'APJC'),
    within('va_user', 'Germany'),
    within('va_viewer', 'France'),
  ),
  // Administers what is nested in a place that they only work in: who has a role over that place is not theirs to know.
  person('nested@aurora.example', within('va_user', 'Americas', 'Canada'), within('va_admin', 'Canada')),
  // By groups alone: one reaches what is nested, one has ended.
  person('grouped@aurora.example', ...inGroup('va_user', 'Americas', 'Canada'), ...inGroup('va_viewer', 'Lab')),
  person('group-admin@ember.example', ...inGroup('va_admin', 'France')),
  person('ungrouped@aurora.example'),
  person('outside-admin@ember.example', over(AURORA, 'sa_admin')),
  person('revoked-admin@aurora.example'),
  person('expired-admin@aurora.example'),
  // Approves for the whole account, and sees assets of one place only.
  person('former@aurora.example', over(AURORA, 'sa_approver'), within('va_viewer', 'France')),
  { ...person('disabled-admin@aurora.example'), isActive: false },
  person('order-recipient@fjord.example'),
  person('revoked-recipient@fjord.example'),
  person('expired-recipient@fjord.example'),
  person('former-support@license-central.example'),
  { ...person('roving-support@license-central.example'), supports: [BOREALIS, COBALT] },
  person('not-support@aurora.example'),
]

export const givens: readonly Given[] = [
  { email: 'mixed@aurora.example', role: 'va_admin', place: 'APJC' },
  { email: 'mixed@aurora.example', role: 'va_user', place: 'Germany' },
  { email: 'mixed@aurora.example', role: 'va_viewer', place: 'France' },
  { email: 'nested@aurora.example', role: 'va_user', place: 'Americas', isNested: true },
  { email: 'nested@aurora.example', role: 'va_admin', place: 'Canada' },
  { email: 'outside-admin@ember.example', role: 'sa_admin' },
  { email: 'revoked-admin@aurora.example', role: 'sa_admin', isRevoked: true },
  { email: 'expired-admin@aurora.example', role: 'sa_admin', hasExpired: true },
  { email: 'former@aurora.example', role: 'sa_approver' },
  { email: 'former@aurora.example', role: 'va_viewer', place: 'France' },
  { email: 'former@aurora.example', role: 'va_admin', place: 'Germany', isNested: true, isRevoked: true },
  { email: 'former@aurora.example', role: 'va_admin', place: 'Americas', isNested: true, hasExpired: true },
  { email: 'disabled-admin@aurora.example', role: 'sa_admin' },
]

/** A group that the fixture writes, with the roles of its members. */
export const groups: readonly {
  name: string
  /** That of Aurora unless said. */
  domain?: string
  members: readonly string[]
  roles: readonly { role: Role; place: string; isNested?: true; hasExpired?: true }[]
}[] = [
  {
    name: 'Matrix field canary-group-1-9020',
    members: ['grouped@aurora.example', 'disabled-admin@aurora.example'],
    roles: [
      { role: 'va_user', place: 'Americas', isNested: true },
      { role: 'va_viewer', place: 'Lab' },
    ],
  },
  {
    name: 'Matrix partners canary-group-2-9021',
    members: ['group-admin@ember.example'],
    roles: [{ role: 'va_admin', place: 'France' }],
  },
  {
    name: 'Matrix past canary-group-3-9022',
    members: ['ungrouped@aurora.example', 'grouped@aurora.example'],
    roles: [{ role: 'va_admin', place: 'APJC', isNested: true, hasExpired: true }],
  },
  {
    name: 'Elsewhere',
    domain: BOREALIS,
    members: ['asker-1@0.new.example'],
    roles: [{ role: 'va_viewer', place: 'DEFAULT' }],
  },
]

export const everybody: readonly Somebody[] = [...personas, ...extras]

/** The roles of one person in one account. */
export const rolesIn = ({ holds }: Somebody, domain: string) => holds.filter((held) => held.domain === domain)

/** Whether a person has a role that sees assets in an account, or reads it as support. */
export const seesAssets = (somebody: Somebody, domain: string) =>
  somebody.isActive &&
  (somebody.supports.includes(domain) || rolesIn(somebody, domain).some(({ role }) => role !== 'sa_approver'))
