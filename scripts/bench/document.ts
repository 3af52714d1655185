import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DATA_FOLDER } from '../own-secrets'
import type { SizeResult } from './measure-size'
import { between, merged, reportOf } from './report'

const FILE = 'docs/performance.md'
const KEPT = join(DATA_FOLDER, 'bench-results.json')

/** Puts these results into docs/performance.md, with those that were measured before for what was not asked this time. */
export function writeReport(results: readonly SizeResult[]): void {
  const before: SizeResult[] = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : []
  const all = merged(before, results)
  writeFileSync(KEPT, JSON.stringify(all))
  writeFileSync(FILE, between(readFileSync(FILE, 'utf8'), reportOf(all)))
}
