/** `npm run db:migrate`: brings the database of DATABASE_OWNER_URL (else DATABASE_URL, else embedded) up to date. */
import { migrate, pendingMigrations } from '@/db/migrate'
import { commandDatabase } from './command-database'
import { main } from './run'

await main(async (cleanup) => {
  const database = await commandDatabase()
  cleanup(database.stop)
  const pending = await pendingMigrations(database.ownerUrl)
  await migrate(database.ownerUrl)
  console.log(pending.length === 0 ? 'Nothing to do.' : `Applied: ${pending.join(', ')}`)
  return 0
})
