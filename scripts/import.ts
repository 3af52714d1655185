/** `npm run import -- FORMAT FILE [--account DOMAIN] [--dry-run]`: takes a file into an account, or lifecycle dates into the catalogue. */
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { connect } from '@/db/client'
import { pendingMigrations } from '@/db/migrate'
import { operatorIn } from '@/lib/access/operator'
import { importCatalogue } from '@/lib/importing/catalogue'
import { printable } from '@/lib/importing/rules'
import { formatIds, formatNames } from '@/lib/importing/schema'
import { MOST_BYTES } from '@/lib/importing/upload'
import { commandDatabase } from './command-database'
import { importIntoAccount, reportCatalogue } from './import-report'
import { main } from './run'

const USAGE = `npm run import -- FORMAT FILE --account DOMAIN [--dry-run]
  FORMAT is one of:
${formatIds.map((id) => `    ${id.padEnd(14)} ${formatNames[id]}`).join('\n')}
  --account    domain of the Smart Account; lifecycle without it goes into the catalog of all accounts
  --dry-run    shows what would change, and changes nothing`

const STATEMENT_MS = 30 * 60_000

await main(async (cleanup) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { account: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean' } },
  })
  const [name, file] = positionals
  const format = formatIds.find((id) => id === name)
  if (values.help || !name || !file || positionals.length > 2) {
    console.error(USAGE)
    return values.help ? 0 : 2
  }
  if (!format) throw new Error(`There is no format “${printable(name)}”.\n${USAGE}`)
  if (!values.account && format !== 'lifecycle') throw new Error('Which Smart Account? Name it with --account DOMAIN.')
  const upload = { format, fileName: basename(file), bytes: await bytesOf(file) }

  const database = await commandDatabase()
  cleanup(database.stop)
  const pending = await pendingMigrations(database.ownerUrl)
  if (pending.length > 0) throw new Error('The database is not up to date. Run npm run db:migrate first.')
  const client = connect(database.ownerUrl, { max: 2, statementTimeout: STATEMENT_MS })
  cleanup(() => client.end({ timeout: 5 }))
  const dryRun = values['dry-run']
  if (!values.account) return reportCatalogue(await importCatalogue(client, upload, { dryRun }), dryRun)
  return importIntoAccount(await operatorIn(client, values.account), upload, dryRun)
})

async function bytesOf(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) throw new Error(`There is no file ${printable(file, 200)}.`)
  if (found.size > MOST_BYTES) throw new Error('The file is larger than 30 MB. Split it into several files.')
  return readFile(file)
}
