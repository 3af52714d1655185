import { getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { Client } from 'pg'
import { roleAssignments, smartAccounts, supportAccess, virtualAccounts, virtualAccountTags } from '../schema/accounts'
import { changeSets, importRuns, outbox } from '../schema/changes'
import { contractLines, contracts, subscriptionLines, subscriptions } from '../schema/contracts'
import { devices, licenseUse } from '../schema/devices'
import { userGroupMembers, userGroupRoles, userGroups } from '../schema/groups'
import { licenseDays, licenses, licenseTerms, paks } from '../schema/licenses'
import {
  deliveries,
  deliveryContacts,
  documents,
  legalDocuments,
  orderLines,
  orderShareItems,
  orderShares,
  orders,
} from '../schema/orders'
import { savedViews, users } from '../schema/people'
import { products } from '../schema/products'
import { accessRequests } from '../schema/requests'
import { viewSchedules } from '../schema/schedules'
import { addAssets } from './account-data'
import { addAccount } from './account-rows'
import { accountPlans } from './accounts'
import { addAssignmentRules } from './assignment-rules'
import { withBareTables } from './bare-tables'
import { readCatalogue } from './catalogue'
import { dayOf, instantOf } from './days'
import { legalRows } from './documents'
import { addGroups } from './groups'
import { addHistory, type Past } from './history'
import { Ids } from './ids'
import { addLicenseDays } from './license-days'
import { addLicenses, type PakKeys } from './licenses'
import { Loader } from './loader'
import { addPeople } from './people'
import { addRequests } from './requests'
import { type Scene, sceneOf } from './scene'
import { addDeliveryContact, ShareCandidates } from './sharing'
import { addViews } from './views'

export type SeedOptions = {
  /** The role that owns the tables. */
  ownerUrl: string
  /** Devices of the main account. */
  devices: number
  /** Further accounts, which share a quarter of that number. */
  accounts?: number
  /** The same seed and the same `now` make the same rows. */
  seed?: number
  now: Date
  /** Without them no PAKs are made. */
  pakKeys?: PakKeys
  log?: (line: string) => void
}

/** What is written by COPY; events, change sets and import runs come after it, row by row. */
const LOADED: Readonly<Record<string, PgTable>> = {
  smartAccounts,
  virtualAccounts,
  virtualAccountTags,
  users,
  savedViews,
  viewSchedules,
  roleAssignments,
  supportAccess,
  products,
  userGroups,
  userGroupMembers,
  userGroupRoles,
  accessRequests,
  orders,
  orderLines,
  deliveries,
  deliveryContacts,
  orderShares,
  orderShareItems,
  outbox,
  documents,
  legalDocuments,
  devices,
  contracts,
  contractLines,
  subscriptions,
  subscriptionLines,
  licenses,
  licenseTerms,
  licenseDays,
  licenseUse,
  paks,
}
const NUMBERED: Readonly<Record<string, PgTable>> = { ...LOADED, changeSets, importRuns }

/** Accounts of the demo itself; those after them are background. */
const OWN_ACCOUNTS = 5

/**
 * Fills an empty database with the demo's accounts, people and assets, in one transaction: all of it or nothing.
 * Throws when the database already holds accounts or people.
 */
export async function seed(options: SeedOptions): Promise<void> {
  const client = new Client({ connectionString: options.ownerUrl, application_name: 'license-central seed' })
  await client.connect()
  try {
    await client.query('BEGIN')
    await refuseUnlessEmpty(client)
    for (const setting of [`maintenance_work_mem = '256MB'`, 'statement_timeout = 0', 'lock_timeout = 0']) {
      await client.query(`SET LOCAL ${setting}`)
    }
    await fill(client, options)
    await client.query('COMMIT')
    await client.query(`ANALYZE ${Object.values(LOADED).map(getTableName).join(', ')}`)
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    await client.end()
  }
}

async function refuseUnlessEmpty(client: Client): Promise<void> {
  const found = await client.query('SELECT FROM smart_accounts UNION ALL SELECT FROM users LIMIT 1')
  if (found.rowCount) throw new Error('The database already holds accounts or people; demo data needs an empty one.')
}

async function fill(client: Client, options: SeedOptions): Promise<void> {
  const ids = new Ids()
  const started = performance.now()
  const report = (line: string) => options.log?.(`${line}, ${((performance.now() - started) / 1000).toFixed(1)} s`)
  const pasts: Past[] = []
  await withBareTables(client, Object.values(LOADED), async () => {
    pasts.push(...(await load(new Loader(client), options, ids, report)))
    report('All rows written')
  })
  report('Indexes made and keys checked')
  await client.query('CALL app.rebuild_rollups()')
  for (const past of pasts) await addHistory(client, past, ids)
  await setSequences(client, ids)
  await addAssignmentRules(client, options.now)
  report('Demo data ready')
}

/** Writes everything that goes by COPY. Gives the past of the demo's own accounts. */
async function load(
  loader: Loader,
  { devices: size, accounts = 0, seed: key = 1, now, pakKeys }: SeedOptions,
  ids: Ids,
  report: (line: string) => void,
): Promise<Past[]> {
  const today = dayOf(now)
  const catalogue = readCatalogue(instantOf(today - 2, 1)).map((row) => ({ ...row, id: ids.next('products') }))
  for (const product of catalogue) loader.add(products, product)
  for (const row of legalRows(today, ids)) loader.add(legalDocuments, row)
  const scenes = accountPlans(size, accounts).map((plan) => sceneOf(plan, catalogue, key, today, ids))
  const people = await addPeople(loader, scenes.slice(0, OWN_ACCOUNTS), today, ids)
  addViews(loader, scenes, people.idOf, today, ids)
  const pasts: Past[] = []
  for (const [index, scene] of scenes.entries()) {
    addAccount(loader, scene)
    const candidates = new ShareCandidates()
    const { pools, samples } = await addAssets(loader, scene, ids, candidates)
    pools.addIdle()
    const made = addLicenses(loader, scene, pools, ids, pakKeys)
    const isMain = index === 0
    if (index < OWN_ACCOUNTS) addLicenseDays(loader, scene, pools)
    const shares = isMain ? candidates.add(loader, scene, people, ids) : []
    if (isMain) {
      addGroups(loader, scene, people, today, ids)
      addRequests(loader, scene, people, today, ids)
      addDeliveryContact(loader, scene, made, ids)
    }
    if (index < OWN_ACCOUNTS) pasts.push({ scene, people, samples, shares, admin: adminOf(scene, people) })
    await loader.flush()
    if (scene.plan.devices > 50_000) report(`${scene.plan.domain}: ${scene.plan.devices} devices`)
  }
  return pasts
}

function adminOf(scene: Scene, people: Past['people']): number | null {
  return people.given.find(({ account, role }) => account === scene.id && role === 'sa_admin')?.userId ?? null
}

/** New rows get ids after those of the demo. */
async function setSequences(client: Client, ids: Ids): Promise<void> {
  for (const [name, last] of ids.entries()) {
    const table = NUMBERED[name]
    if (!table) throw new Error(`No table is known for the ids of ${name}`)
    await client.query(`SELECT setval(pg_get_serial_sequence($1, 'id'), $2)`, [`"${getTableName(table)}"`, last])
  }
}
