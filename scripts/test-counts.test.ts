import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jestCounts, playwrightCounts } from './test-counts'

function written(content: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'counts-')), 'results.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

const results = {
  numPassedTests: 7,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  numRuntimeErrorTestSuites: 0,
}

test('jest: tests are counted', () => {
  expect(jestCounts(written(results), true)).toEqual({ passed: 7, failed: 0, skipped: 2 })
})

test('jest: a file that did not load is a failure', () => {
  expect(jestCounts(written({ ...results, numRuntimeErrorTestSuites: 1 }), false).failed).toBe(1)
})

test('jest: a run that failed beside its tests is a failure', () => {
  expect(jestCounts(written(results), false).failed).toBe(1)
})

test('a run without results or without tests is a failure', () => {
  expect(jestCounts('/nowhere/results.json', true)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(jestCounts(written({ ...results, numPassedTests: 0 }), true).failed).toBe(1)
})

test('Playwright: a test that passed at the second try has failed', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }
  expect(playwrightCounts(written({ stats, errors: [] }), false)).toEqual({ passed: 3, failed: 2, skipped: 2 })
})
