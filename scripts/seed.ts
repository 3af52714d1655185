/** `npm run db:seed -- --devices N [--accounts N] [--seed N]`: demo data of any size in an empty database. */
import { parseArgs } from 'node:util'
import { migrate } from '@/db/migrate'
import { seed } from '@/db/seed/seed'
import { now } from '@/lib/clock'
import { childEnvironment, serverSettingsOf, settings } from '@/lib/env'
import { commandDatabase, databaseEnvironment } from './command-database'
import { pakKeysOf } from './demo-database'
import { main } from './run'
import { addressOf } from './serve'

const MOST = { devices: 5_000_000, accounts: 10_000, seed: 2 ** 31 }

await main(async (cleanup) => {
  const given = { type: 'string' } as const
  const { values } = parseArgs({ options: { devices: given, accounts: given, seed: given } })
  const { DEMO_DEVICES, DEMO_ACCOUNTS, HOSTNAME, PORT } = settings()
  const devices = wholeNumber('devices', values.devices, DEMO_DEVICES)
  const accounts = wholeNumber('accounts', values.accounts, DEMO_ACCOUNTS ?? 0)
  const key = wholeNumber('seed', values.seed, 1)

  const database = await commandDatabase()
  cleanup(database.stop)
  await migrate(database.ownerUrl)
  // Secrets that the environment brings go before those of the checkout: the PAKs are for the server that has them.
  const address = { NEXTAUTH_URL: addressOf(HOSTNAME, PORT), DATABASE_URL: database.appUrl }
  const pakKeys = pakKeysOf(serverSettingsOf({ ...databaseEnvironment(database), ...childEnvironment(address) }))
  await seed({ ownerUrl: database.ownerUrl, devices, accounts, seed: key, now: now(), pakKeys, log: console.log })
  return 0
})

function wholeNumber(name: keyof typeof MOST, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number <= MOST[name]) return number
  throw new Error(`--${name} must be a whole number up to ${MOST[name].toLocaleString('en-US')}`)
}
