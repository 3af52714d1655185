import { DEMO_PASSWORD } from '@/lib/demo/personas'
import { hashPassword } from '@/lib/sign-in/passwords'
import { roleAssignments, supportAccess } from '../schema/accounts'
import { users } from '../schema/people'
import { instantOf } from './days'
import type { Ids } from './ids'
import type { Loader } from './loader'
import type { Scene } from './scene'

type Role = (typeof roleAssignments.$inferSelect)['role']
type Grant = { domain: string; role: Role; virtualAccount?: string; nested?: true; purpose?: string }
type Person = { email: string; name: string; grants?: Grant[] }

const AURORA = 'aurora.example'
const of = (domain: string, role: Role): Grant => ({ domain, role })
const within = (virtualAccount: string, role: Role): Grant => ({ domain: AURORA, role, virtualAccount })

/** The people that one can sign in as in demo mode, all with the demo's password. */
const PERSONAS: readonly Person[] = [
  { email: 'admin@aurora.example', name: 'Ada Lindqvist', grants: [of(AURORA, 'sa_admin')] },
  { email: 'admin2@aurora.example', name: 'Amir Haddad', grants: [of(AURORA, 'sa_admin')] },
  { email: 'user@aurora.example', name: 'Una Petersen', grants: [of(AURORA, 'sa_user')] },
  { email: 'viewer@aurora.example', name: 'Victor Moreau', grants: [of(AURORA, 'sa_viewer')] },
  { email: 'approver@aurora.example', name: 'Aiko Tanaka', grants: [of(AURORA, 'sa_approver')] },
  {
    email: 'va-admin@aurora.example',
    name: 'Greta Hoffmann',
    grants: [{ ...within('EMEA', 'va_admin'), nested: true }],
  },
  { email: 'va-user@aurora.example', name: 'Jonas Keller', grants: [within('Germany', 'va_user')] },
  { email: 'va-viewer@aurora.example', name: 'Mei Wong', grants: [within('APJC', 'va_viewer')] },
  {
    email: 'admin@borealis.example',
    name: 'Ingrid Solberg',
    grants: [of('borealis.example', 'sa_admin'), { ...of(AURORA, 'sa_viewer'), purpose: 'Joint network review' }],
  },
  { email: 'admin@delta.example', name: 'Daan Visser', grants: [of('delta.example', 'sa_admin')] },
  {
    email: 'partner@cobalt.example',
    name: 'Owen Clarke',
    grants: [
      of('cobalt.example', 'sa_admin'),
      of('holding.cobalt.example', 'sa_admin'),
      { ...within('Americas', 'va_admin'), purpose: 'Operates the Americas network' },
    ],
  },
  {
    email: 'partner2@ember.example',
    name: 'Elif Demir',
    grants: [{ ...within('EMEA', 'va_user'), purpose: 'Roll-out in EMEA' }],
  },
  { email: 'recipient@fjord.example', name: 'Finn Aas' },
  { email: 'asset-recipient@fjord.example', name: 'Astrid Berg' },
  { email: 'delivery@grove.example', name: 'Dara Quinn' },
  { email: 'stranger@harbor.example', name: 'Sam Rivers' },
  { email: 'support@license-central.example', name: 'Sunil Rao' },
]

/** Others with access to the demo accounts; they have no password and cannot sign in. */
const COLLEAGUES: readonly Person[] = [
  { email: 'noor.bakker@aurora.example', name: 'Noor Bakker', grants: [within('EMEA', 'va_viewer')] },
  { email: 'luc.garnier@aurora.example', name: 'Luc Garnier', grants: [within('France', 'va_admin')] },
  { email: 'kim.tran@aurora.example', name: 'Kim Tran', grants: [within('APJC', 'va_admin')] },
  { email: 'pat.novak@aurora.example', name: 'Pat Novak', grants: [within('Lab', 'va_user')] },
  { email: 'sven.dahl@borealis.example', name: 'Sven Dahl', grants: [of('borealis.example', 'sa_user')] },
  // By a group alone (groups.ts).
  { email: 'rosa.meyer@aurora.example', name: 'Rosa Meyer' },
]

/** A role that was given, for the Event Log. */
type GivenRole = {
  id: number
  account: number
  userId: number
  role: Role
  virtualAccountId: number | null
  at: Date
}

/** Support access that was opened, for the Event Log. */
type OpenedSupport = { id: number; account: number; userId: number; at: Date }

export type People = {
  idOf: (email: string) => number
  given: readonly GivenRole[]
  support: OpenedSupport | undefined
}

/** Writes the people and their roles. `scenes` are those of the demo's own accounts. */
export async function addPeople(loader: Loader, scenes: readonly Scene[], today: number, ids: Ids): Promise<People> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const userIds = new Map<string, number>()
  const given: GivenRole[] = []
  for (const person of [...PERSONAS, ...COLLEAGUES]) {
    const isDemo = PERSONAS.includes(person)
    const userId = ids.next('users')
    userIds.set(person.email, userId)
    loader.add(users, {
      id: userId,
      email: person.email,
      name: person.name,
      organisation: person.email.split('@')[1] ?? '',
      passwordHash: isDemo ? passwordHash : null,
      isSupport: person.email.startsWith('support@'),
      isDemo,
      disabledAt: null,
      createdAt: instantOf(today - 900, 8),
    })
    for (const grant of person.grants ?? [])
      given.push(addRole(loader, scenes, grant, userId, today - 600 + userId, ids))
  }
  const idOf = (email: string) => {
    const id = userIds.get(email)
    if (id === undefined) throw new Error(`Nobody has the address ${email}`)
    return id
  }
  const support = addSupport(loader, scenes, idOf('support@license-central.example'), today, ids)
  return { idOf, given, support }
}

function addRole(
  loader: Loader,
  scenes: readonly Scene[],
  grant: Grant,
  userId: number,
  day: number,
  ids: Ids,
): GivenRole {
  const scene = scenes.find(({ plan }) => plan.domain === grant.domain)
  const virtualAccount = scene?.virtualAccounts.find(({ name }) => name === grant.virtualAccount)
  if (!scene || (grant.virtualAccount && !virtualAccount))
    throw new Error(`${grant.domain} is not as the roles expect it`)
  const id = ids.next('roleAssignments')
  const virtualAccountId = virtualAccount?.id ?? null
  const at = instantOf(day, 9)
  loader.add(roleAssignments, {
    smartAccountId: scene.id,
    id,
    userId,
    role: grant.role,
    virtualAccountId,
    includesNested: grant.nested ?? false,
    purpose: grant.purpose ?? '',
    grantedBy: null,
    grantedAt: at,
    expiresAt: null,
    revokedAt: null,
  })
  return { id, account: scene.id, userId, role: grant.role, virtualAccountId, at }
}

function addSupport(
  loader: Loader,
  scenes: readonly Scene[],
  userId: number,
  today: number,
  ids: Ids,
): OpenedSupport | undefined {
  const account = scenes.find(({ plan }) => plan.domain === AURORA)?.id
  if (account === undefined) return undefined
  const id = ids.next('supportAccess')
  const at = instantOf(today - 1, 9)
  const reason = 'Case 700123: coverage dates in the Germany account'
  const row = { smartAccountId: account, id, userId, reason, startsAt: at, endsAt: instantOf(today + 13, 9) }
  loader.add(supportAccess, row)
  return { id, account, userId, at }
}
