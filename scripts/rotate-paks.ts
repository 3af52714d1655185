/** `npm run paks:rotate`: encrypts every PAK with the last key of PAK_KEYS, while servers run that have it too. */
import { connect } from '@/db/client'
import { childEnvironment, serverSettingsOf } from '@/lib/env'
import { rotatePaks } from '@/lib/paks/rotate'
import { commandDatabase } from './command-database'
import { serverSecrets } from './own-secrets'
import { main } from './run'

await main(async (cleanup) => {
  const database = await commandDatabase()
  cleanup(database.stop)
  const given = childEnvironment({})
  const { PAK_KEYS } = serverSettingsOf({
    ...given,
    ...{ ...serverSecrets(), NEXTAUTH_URL: 'http://127.0.0.1:3000', DATABASE_URL: database.appUrl, DEMO: '1' },
    ...(given['PAK_KEYS'] && { PAK_KEYS: given['PAK_KEYS'] }),
  })
  const client = connect(database.ownerUrl, { max: 1, statementTimeout: 0 })
  cleanup(() => client.end())
  const done = await rotatePaks(client, PAK_KEYS, { onBatch: (count) => console.log(`${count} PAKs …`) })
  console.log(`${done} PAKs encrypted with the key ${PAK_KEYS.activeId}; none is left with another one.`)
  return 0
})
