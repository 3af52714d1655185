/** `npm run events:verify`: checks the event chains of all accounts; exit code 1 and a named row where one is broken. */
import { connect } from '@/db/client'
import { verifyChains } from '@/lib/changes/verify'
import { commandDatabase } from './command-database'
import { main } from './run'

await main(async (cleanup) => {
  const database = await commandDatabase()
  cleanup(database.stop)
  const client = connect(database.ownerUrl, { max: 1, statementTimeout: 0 })
  cleanup(() => client.end())
  const { accounts, events, broken } = await verifyChains(client)
  for (const { domain, seq, problem } of broken) console.error(`${domain}: event ${seq} is broken: ${problem}.`)
  if (broken.length > 0) return 1
  console.log(`${events} events of ${accounts} Smart Accounts: every chain holds.`)
  return 0
})
