import type { Operator } from '@/lib/access/operator'
import type { CatalogueOutcome } from '@/lib/importing/catalogue'
import { applyImport, checkImport, type Outcome, type Upload } from '@/lib/importing/changes'
import { printable } from '@/lib/importing/rules'
import { type Changed, readRun } from '@/lib/importing/run-reader'
import type { Difference } from '@/lib/importing/words'

const MOST_PROBLEMS = 20
const MOST_CHANGES = 20
const number = (value: number) => value.toLocaleString('en-US')

/** Checks a file, prints what it would change, and applies it unless told not to. Gives the exit code: 1 when no row can be used. */
export async function importIntoAccount(operator: Operator, upload: Upload, dryRun: boolean): Promise<number> {
  const started = performance.now()
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`
  const report = (rows: number) => {
    if (rows % 50_000 === 0) console.log(`  ${number(rows)} rows read, ${seconds()}`)
  }
  const outcome = await checkImport(operator, upload, { report })
  console.log(`${printable(upload.fileName)} for ${operator.account.domain}, checked in ${seconds()}`)
  await printPreview(operator, outcome)
  console.log(`  ${summary(outcome)}`)
  if (outcome.added + outcome.changed + outcome.devices + outcome.differing === 0) {
    console.log('Nothing to change.')
    return outcome.rejected > 0 && outcome.unchanged === 0 ? 1 : 0
  }
  if (dryRun) {
    console.log('Dry run: nothing was changed.')
    return 0
  }
  await applyImport(operator, outcome.runId)
  console.log(`Applied in one transaction, ${seconds()}.`)
  return 0
}

async function printPreview(operator: Operator, { runId, rejected }: Outcome): Promise<void> {
  const run = await readRun(operator, runId, 1)
  if (!run) return
  const unused = run.reading?.unused ?? []
  const changes = run.changes.rows.slice(0, MOST_CHANGES)
  const problems = run.problems.rows.slice(0, MOST_PROBLEMS)
  if (unused.length > 0) console.log(`  ${run.unit === 'record' ? 'Fields' : 'Columns'} not used: ${unused.join(', ')}`)
  for (const change of changes) console.log(`  ${run.unit} ${change.line}  ${said(change)}`)
  const { total } = run.changes
  if (total > changes.length) console.log(`  … and ${number(total - changes.length)} more`)
  for (const { line, problem } of problems) console.log(`  ${run.unit} ${line}  left out: ${problem}`)
  if (rejected > problems.length) console.log(`  … and ${number(rejected - problems.length)} more left out`)
}

function said({ isNew, differs, name, differences }: Changed): string {
  if (isNew) return `add ${name}`
  return `${differs ? 'differs' : 'change'} ${name}${differences.map(inWords).join(';')}`
}

function summary({ added, changed, unchanged, rejected, devices, differing }: Outcome): string {
  const rows = `${number(added)} added, ${number(changed)} changed, ${number(unchanged)} unchanged, ${number(rejected)} left out`
  const besides = devices > 0 ? `; ${number(devices)} devices change with them` : ''
  return differing > 0
    ? `${rows}${besides}; ${number(differing)} ${differing === 1 ? 'fact differs' : 'facts differ'}, for the reconciliation inbox`
    : rows + besides
}

const inWords = ({ label, before, after }: Difference) => ` ${label}: ${before ?? '–'} → ${after ?? '–'}`

/** Prints what a lifecycle file did to the catalogue and to the accounts. */
export function reportCatalogue(
  { changed, unchanged, unknown, rejected, accounts }: CatalogueOutcome,
  dryRun: boolean,
): number {
  for (const { line, problem } of rejected.slice(0, MOST_PROBLEMS)) console.log(`  line ${line}  left out: ${problem}`)
  if (rejected.length > MOST_PROBLEMS) console.log(`  … and ${number(rejected.length - MOST_PROBLEMS)} more left out`)
  console.log(
    `Catalog: ${number(changed)} products changed, ${number(unchanged)} unchanged, ${number(unknown)} not in the catalog, ${number(rejected.length)} left out`,
  )
  for (const { domain, devices } of accounts) console.log(`  ${domain}: ${number(devices)} devices get other dates`)
  if (changed === 0 && accounts.length === 0) console.log('Nothing to change.')
  else console.log(dryRun ? 'Dry run: nothing was changed.' : 'Applied, each account in a transaction of its own.')
  return changed + unchanged + unknown === 0 ? 1 : 0
}
