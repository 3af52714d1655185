/** `npm run demo`: everything there is to see, by one command: build, database, demo data, production server. */
import { childEnvironment, serverSettingsOf, settings } from '@/lib/env'
import { commandDatabase, databaseEnvironment } from './command-database'
import { prepareDemoDatabase } from './demo-database'
import { ensureBuild } from './production-build'
import { main } from './run'
import { addressOf, serve, untilAnswering } from './serve'
import { welcome } from './welcome'

await main(async (cleanup) => {
  const { PORT: port, HOSTNAME: hostname, NEXTAUTH_URL } = settings()
  const address = NEXTAUTH_URL ?? addressOf(hostname, port)
  console.log('Preparing the production build and the database …')
  const building = ensureBuild(cleanup)
  const preparing = commandDatabase().then(async (database) => {
    cleanup(database.stop)
    const environment = { ...databaseEnvironment(database), NEXTAUTH_URL: address, DEMO: '1' }
    await prepareDemoDatabase(database, serverSettingsOf(childEnvironment(environment)))
    return { database, environment }
  })
  const [{ database, environment }] = await Promise.all([preparing, building])
  const server = await serve({ mode: 'start', port, hostname, environment })
  cleanup(server.stop)
  if (await untilAnswering(server, port, hostname)) console.log(welcome(address, database.place))
  return server.ended
})
