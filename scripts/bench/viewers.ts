import type { Sql } from 'postgres'
import { type Assignment, reachOf, type VirtualAccount } from '@/lib/access/roles'
import type { Account, Viewer } from '@/lib/access/viewer'

/** The account whose devices are measured. */
export const DOMAIN = 'aurora.example'
/** Who asks: one who sees the whole account, and one who sees some of its Virtual Accounts. */
export const PERSONAS = { account: 'admin@aurora.example', some: 'va-admin@aurora.example' } as const
export type ViewerKind = keyof typeof PERSONAS

export const benchViewer = (owner: Sql, kind: ViewerKind): Promise<Viewer> => viewerAs(owner, PERSONAS[kind])

/** The viewer of this person in the account. A request's is made from its cookie (lib/access/viewer.ts); here is none. */
export async function viewerAs(owner: Sql, email: string): Promise<Viewer> {
  const [account] = await owner<Account[]>`
    select id::int, domain, name, type, day::text from smart_accounts where domain = ${DOMAIN}`
  const [user] = await owner<Pick<Viewer, 'id' | 'email' | 'name' | 'organisation' | 'isSupport'>[]>`
    select id::int, email, name, organisation, is_support as "isSupport" from users where email = ${email}`
  if (!account || !user) throw new Error(`${email} of ${DOMAIN} is not in this database.`)
  const tree = await owner<VirtualAccount[]>`
    select id::int, parent_id::int as "parentId", name, is_default as "isDefault", access_level as "accessLevel"
    from virtual_accounts where smart_account_id = ${account.id} order by name`
  const assignments = await owner<Assignment[]>`
    select id::int, smart_account_id::int as "accountId", role, virtual_account_id::int as "virtualAccountId",
      includes_nested as "includesNested", null as "expiresAt"
    from role_assignments where user_id = ${user.id} and smart_account_id = ${account.id} and revoked_at is null`
  const grants = assignments.map((assignment) => ({ ...assignment, reach: reachOf(assignment, tree) }))
  const ids = grants.flatMap(({ reach }) => (reach === 'account' ? [] : [...reach])).sort((a, b) => a - b)
  const isWhole = grants.some(({ reach }) => reach === 'account')
  return {
    ...user,
    account,
    grants,
    scope: isWhole ? { kind: 'account' } : { kind: 'virtual-accounts', ids },
    virtualAccounts: tree.filter(({ id }) => isWhole || ids.includes(id)),
    support: [],
    hasSharedOrders: false,
  } as unknown as Viewer
}
