import postgres, { type Sql } from 'postgres'
import { seed } from '@/db/seed/seed'
import { sql } from '@/lib/access/database'
import { now } from '@/lib/clock'
import { env } from '@/lib/env'
import { createTestDatabase, type TestDatabase } from './database'
import { serveWith } from './server-settings'

export type DemoScene = { database: TestDatabase; owner: Sql }

/** The day of the demo data in tests. */
const DEMO_NOW = '2026-05-06T10:00:00Z'

/** Demo data of so many devices in a database of its own, which the product reads from now on, on that day. */
export async function openDemo(devices: number, { withPaks = false } = {}): Promise<DemoScene> {
  // Before anything asks for a setting: the clock is read once.
  serveWith({ DEMO: '1', DEMO_NOW })
  const database = await createTestDatabase()
  serveWith({ DATABASE_URL: database.appUrl })
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
  const pakKeys = withPaks ? { pakKeys: { ring: env().PAK_KEYS, indexKey: env().PAK_INDEX_KEY } } : {}
  await seed({ ownerUrl: database.ownerUrl, devices, now: now(), ...pakKeys })
  return { database, owner }
}

export async function closeDemo({ database, owner }: DemoScene): Promise<void> {
  await sql().end()
  await owner.end()
  await database.drop()
}
