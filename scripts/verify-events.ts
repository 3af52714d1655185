/**
 * `npm run events:verify`: checks the event chains of all accounts, in themselves and against the heads that were written
 * outside of the database; exit code 1 and a named row where one is broken.
 */
import { connect } from '@/db/client'
import { compareHeads } from '@/lib/changes/heads'
import { verifyChains } from '@/lib/changes/verify'
import { store } from '@/lib/delivery/store'
import { takeServerSettings } from '@/lib/env'
import { commandDatabase } from './command-database'
import { serverSecrets } from './own-secrets'
import { main } from './run'

await main(async (cleanup) => {
  const database = await commandDatabase()
  cleanup(database.stop)
  // Of the settings only where the store is; the rest must be there.
  takeServerSettings({ ...serverSecrets(), NEXTAUTH_URL: 'http://127.0.0.1', DATABASE_URL: database.appUrl, DEMO: '1' })
  const client = connect(database.ownerUrl, { max: 1, statementTimeout: 0 })
  cleanup(() => client.end())
  const { accounts, events, broken } = await verifyChains(client)
  const written = await compareHeads(client, store())
  const all = [...broken, ...written.broken]
  for (const { domain, seq, problem } of all) console.error(`${domain}: event ${seq} is broken: ${problem}.`)
  if (all.length > 0) return 1
  console.log(`${events} events of ${accounts} Smart Accounts: every chain holds.`)
  console.log(
    written.days > 0
      ? `${written.heads} heads that were written on ${written.days} days outside of the database: the chains still have them.`
      : 'No heads of this database are in the store yet: nothing to compare the chains with.',
  )
  return 0
})
