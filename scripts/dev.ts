/** `npm run dev`: the development server on the demo data of the checkout's database. Never with real data. */
import { childEnvironment, serverSettingsOf, settings } from '@/lib/env'
import { commandDatabase, databaseEnvironment } from './command-database'
import { prepareDemoDatabase } from './demo-database'
import { main } from './run'
import { addressOf, serve } from './serve'

await main(async (cleanup) => {
  const { PORT: port, HOSTNAME: hostname } = settings()
  const database = await commandDatabase()
  cleanup(database.stop)
  const environment = { ...databaseEnvironment(database), NEXTAUTH_URL: addressOf(hostname, port), DEMO: '1' }
  await prepareDemoDatabase(database, serverSettingsOf(childEnvironment(environment)))
  const server = await serve({ mode: 'dev', port, hostname, environment })
  cleanup(server.stop)
  return server.ended
})
