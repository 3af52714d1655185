import { join } from 'node:path'
import { openDatabase } from '@/db/embedded/open-database'
import { settings } from '@/lib/env'
import { ensureAppRole } from './app-role'
import { DATA_FOLDER, ownSecrets, serverSecrets } from './own-secrets'

/** The database that a command works on: for the owner of the tables, and for the server's own role. */
export type CommandDatabase = { ownerUrl: string; appUrl: string; place: string; stop(): Promise<void> }

/** The Postgres of DATABASE_OWNER_URL, else of DATABASE_URL (taken as its owner's), else the embedded one. */
export async function commandDatabase(): Promise<CommandDatabase> {
  const { DATABASE_OWNER_URL, DATABASE_URL } = settings()
  const given = DATABASE_OWNER_URL ?? DATABASE_URL
  const embedded = given ? undefined : await openDatabase({ dataDir: join(DATA_FOLDER, 'postgres') })
  const ownerUrl = given ?? embedded?.ownerUrl ?? ''
  const stop = async () => embedded?.stop()
  try {
    const appUrl = await ensureAppRole(ownerUrl, ownSecrets().APP_ROLE_PASSWORD)
    const { host, pathname } = new URL(ownerUrl)
    return {
      ownerUrl,
      appUrl,
      place: embedded ? 'embedded, in .data/, ends with this command' : `${host}${pathname}`,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Settings for a process that works on `database`, with the secrets of this checkout. */
export function databaseEnvironment({ ownerUrl, appUrl }: CommandDatabase): Record<string, string> {
  return { ...serverSecrets(), DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: appUrl }
}
