import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { openDatabase } from '@/db/embedded/open-database'
import { migrate } from '@/db/migrate'
import { seed } from '@/db/seed/seed'
import { now, today } from '@/lib/clock'
import { ensureAppRole } from '../app-role'
import { DATA_FOLDER, ownSecrets } from '../own-secrets'
import { DOMAIN } from './viewers'

/** A database of so many devices in one account, and a quarter of that in fifty others. */
export type BenchDatabase = { devices: number; ownerUrl: string; appUrl: string }

const SEED = 1
const OTHER_ACCOUNTS = 50

/** Opens the server of the bench, apart from the demo's. */
export const openServer = () => openDatabase({ dataDir: join(DATA_FOLDER, 'bench') })

/**
 * The database of this size on the server: the one that is there when these sources made it, else loaded anew. It stands
 * on today's date, vacuumed and analyzed.
 */
export async function loadedDatabase(
  serverUrl: string,
  devices: number,
  log: (line: string) => void,
): Promise<BenchDatabase> {
  const name = `bench_${devices}_${sourcesHash()}`
  const server = postgres(serverUrl, { max: 1, onnotice: () => undefined })
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  try {
    if (!(await isLoaded(server, name))) {
      log(`Loading ${devices.toLocaleString('en-US')} devices …`)
      await server.unsafe(`drop database if exists ${name}`)
      await server.unsafe(`create database ${name}`)
      await migrate(url.href)
      await seed({ ownerUrl: url.href, devices, accounts: OTHER_ACCOUNTS, seed: SEED, now: now(), log })
      await server.unsafe(`comment on database ${name} is 'loaded'`)
    }
  } finally {
    await server.end()
  }
  await settle(url.href)
  return { devices, ownerUrl: url.href, appUrl: await ensureAppRole(url.href, ownSecrets().APP_ROLE_PASSWORD) }
}

/** A load that was cut short is no load: the comment comes last. */
async function isLoaded(server: postgres.Sql, name: string): Promise<boolean> {
  const [found] = await server`
    select shobj_description(oid, 'pg_database') = 'loaded' as yes from pg_database where datname = ${name}`
  return found?.['yes'] === true
}

async function settle(ownerUrl: string): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    await owner`select app.turn_day(id, ${today()}) from smart_accounts where domain = ${DOMAIN} and day <> ${today()}`
    await owner.unsafe('vacuum analyze')
  } finally {
    await owner.end()
  }
}

/** What decides what a loaded database holds: migrations and the generator. */
function sourcesHash(): string {
  const hash = createHash('sha256')
  for (const folder of ['db/migrations', 'db/seed']) {
    for (const file of readdirSync(folder).sort()) {
      if (/\.(sql|ts|csv)$/.test(file) && !file.includes('.test.')) hash.update(readFileSync(join(folder, file)))
    }
  }
  return hash.digest('hex').slice(0, 8)
}
