import postgres from 'postgres'
import { migrate } from '@/db/migrate'
import { seed } from '@/db/seed/seed'
import type { Env } from '@/lib/env'
import type { CommandDatabase } from './command-database'

/** Migrates the database and fills it with demo data when it is empty. Throws when it holds anything else. */
export async function prepareDemoDatabase({ ownerUrl, place }: CommandDatabase, env: Env): Promise<void> {
  await migrate(ownerUrl)
  const content = await contentOf(ownerUrl)
  if (content === 'other') {
    throw new Error(`The database (${place}) holds data that is not demo data. The demo needs one of its own.`)
  }
  if (content === 'demo') return
  const accounts = env.DEMO_ACCOUNTS === undefined ? {} : { accounts: env.DEMO_ACCOUNTS }
  await seed({
    ownerUrl,
    devices: env.DEMO_DEVICES,
    ...accounts,
    now: env.DEMO_NOW ?? new Date(),
    pakKeys: pakKeysOf(env),
  })
}

/** The keys that demo PAKs are encrypted with: those of the server that will show them. */
export function pakKeysOf(env: Env) {
  return { ring: env.PAK_KEYS, indexKey: env.PAK_INDEX_KEY }
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
