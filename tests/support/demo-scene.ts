import postgres, { type Sql } from 'postgres'
import { sql } from '@/lib/access/database'
import { now } from '@/lib/clock'
import { childEnvironment, serverSettingsOf } from '@/lib/env'
import { pakKeysOf } from '@/scripts/demo-database'
import { createTestDatabase, type TestDatabase } from './database'
import { seeded } from './seeded'
import { serveWith } from './server-settings'

export type DemoScene = { database: TestDatabase; owner: Sql }

/** The day of the demo data in tests. */
const DEMO_NOW = '2026-05-06T10:00:00Z'

/** Demo data of so many devices in a database of its own, which the product reads from now on, on that day. */
export async function openDemo(devices: number, { withPaks = false } = {}): Promise<DemoScene> {
  // Before anything asks for a setting: the clock is read once.
  serveWith({ DEMO: '1', DEMO_NOW })
  // Settings are read whole; the keys are the same whatever the database.
  const pakKeys = withPaks
    ? { pakKeys: pakKeysOf(serverSettingsOf(childEnvironment({ DATABASE_URL: 'postgres://none' }))) }
    : {}
  const database = await createTestDatabase(seeded({ devices, now: now(), ...pakKeys }))
  serveWith({ DATABASE_URL: database.appUrl })
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
  return { database, owner }
}

export async function closeDemo({ database, owner }: DemoScene): Promise<void> {
  await sql().end()
  await owner.end()
  await database.drop()
}
