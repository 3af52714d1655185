import { existsSync, readFileSync, rmSync } from 'node:fs'

export type Counts = { passed: number; failed: number; skipped: number }

/** A step that passes or fails as a whole. */
export const one = (passed: boolean): Counts => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 })

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

type JestResults = Record<
  'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests' | 'numRuntimeErrorTestSuites',
  number
>

/** Counts of a jest run from its JSON; a file of tests that did not even load is one failure. */
export function jestCounts(file: string, passed: boolean): Counts {
  return counts<JestResults>(file, passed, (found) => ({
    passed: found.numPassedTests,
    failed: found.numFailedTests + found.numRuntimeErrorTestSuites,
    skipped: found.numPendingTests + found.numTodoTests,
  }))
}

type PlaywrightResults = { stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>; errors: unknown[] }

/** Counts of a Playwright run from its JSON; a test that passed only at the second try has failed. */
export function playwrightCounts(file: string, passed: boolean): Counts {
  return counts<PlaywrightResults>(file, passed, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }))
}

function counts<Results>(file: string, passed: boolean, read: (results: Results) => Counts): Counts {
  if (!existsSync(file)) return one(false)
  const found = read(JSON.parse(readFileSync(file, 'utf8')) as Results)
  rmSync(file)
  // A run that failed beside its tests, and one without a single test, are failures too.
  const silent = found.failed === 0 && (!passed || found.passed === 0)
  return silent ? add(found, one(false)) : found
}
