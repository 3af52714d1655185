/** `npx tsx scripts/with-database.ts -- CMD ARGS…`: runs a command with the settings of the database of this checkout. */
import { childEnvironment, settings } from '@/lib/env'
import { commandDatabase, databaseEnvironment } from './command-database'
import { main, start } from './run'

await main(async (cleanup) => {
  const [command, ...args] = process.argv.slice(process.argv[2] === '--' ? 3 : 2)
  if (!command) throw new Error('Which command? with-database -- CMD ARGS…')
  const database = await commandDatabase()
  cleanup(database.stop)
  const { HOSTNAME, PORT } = settings()
  const environment = { NEXTAUTH_URL: `http://${HOSTNAME}:${PORT}`, ...databaseEnvironment(database) }
  return start(command, args, { env: childEnvironment(environment) }).ended
})
