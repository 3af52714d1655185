import postgres from 'postgres'
import { migrate } from '@/db/migrate'
import { seed } from '@/db/seed/seed'
import { now } from '@/lib/clock'
import { settings } from '@/lib/env'
import type { CommandDatabase } from './command-database'

/** Migrates the database and fills it with demo data when it is empty. Throws when it holds anything else. */
export async function prepareDemoDatabase({ ownerUrl, place }: CommandDatabase): Promise<void> {
  await migrate(ownerUrl)
  const content = await contentOf(ownerUrl)
  if (content === 'other') {
    throw new Error(`The database (${place}) holds data that is not demo data. The demo needs one of its own.`)
  }
  if (content === 'demo') return
  const { DEMO_DEVICES, DEMO_ACCOUNTS } = settings()
  const size = { devices: DEMO_DEVICES, ...(DEMO_ACCOUNTS === undefined ? {} : { accounts: DEMO_ACCOUNTS }) }
  await seed({ databaseUrl: ownerUrl, ...size, now: now() })
}

async function contentOf(ownerUrl: string): Promise<'empty' | 'demo' | 'other'> {
  const sql = postgres(ownerUrl, { max: 1 })
  try {
    const [found] = await sql<{ demo: boolean; anything: boolean }[]>`
      select exists (select from users where is_demo) as demo,
        exists (select from users) or exists (select from smart_accounts) as anything`
    if (found?.demo) return 'demo'
    return found?.anything ? 'other' : 'empty'
  } finally {
    await sql.end()
  }
}
