/**
 * `npm run events:verify-export FILE [FINGERPRINT]`: verifies a signed export of the Event Log without any database. The
 * fingerprint is the one that the Event Log shows; without it the export is only known to be whole and signed by one key.
 */
import { readFileSync } from 'node:fs'
import { unzipped } from '@/lib/changes/unzipped'
import { verifyExport } from '@/lib/changes/verify-export'
import { main } from './run'

await main(async () => {
  const [file, trusted] = process.argv.slice(2)
  if (!file) throw new Error('npm run events:verify-export FILE [FINGERPRINT]')
  const { manifest, problems } = verifyExport(unzipped(readFileSync(file)), trusted)
  for (const problem of problems) console.error(`${file}: ${problem}.`)
  if (problems.length > 0) return 1
  const { account, from, to, count, madeAt, key } = manifest
  console.log(
    `${count} events of ${account}, ${from} to ${to}, exported ${madeAt}: whole, unaltered, signed by ${key}.`,
  )
  if (trusted === undefined) console.log('Compare this key with the one that the Event Log shows.')
  return 0
})
