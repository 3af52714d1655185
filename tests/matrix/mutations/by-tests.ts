import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { childEnvironment } from '@/lib/env'
import { start } from '@/scripts/run'
import type { Outcome } from './code'
import { NOTES } from './notes'
import type { CodeMutation } from './scan'
import { copyOfTests, eachIn, type Tree } from './trees'

const AT_ONCE = 2

/** Of one file of tests: how long it takes, and which of its tests fail. */
type Run = { file: string; ms: number; failed: string[] }
type Report = {
  testResults: {
    name: string
    startTime: number
    endTime: number
    message: string
    assertionResults: { fullName: string; status: string }[]
  }[]
}

/**
 * Tries mutations by the integration tests that come to them, the quickest first, on the owner's connection, where row
 * security does not hold. Some tests fail there by themselves: a mutation is noticed by one that does not.
 */
export async function tryByTests(mutations: readonly CodeMutation[], tell: (outcome: Outcome) => void): Promise<void> {
  const trees = Array.from({ length: AT_ONCE }, () => copyOfTests())
  const probing = copyOfTests(new Set(mutations.map(({ file }) => file)))
  try {
    const before = new Map((await runIn(probing, [])).map((run) => [run.file, run]))
    const comesTo = noted(probing)
    const judge = async (tree: Tree, mutation: CodeMutation): Promise<string | null> => {
      const files = comesTo(mutation.site).sort((a, b) => (before.get(a)?.ms ?? 0) - (before.get(b)?.ms ?? 0))
      for (const file of files) {
        const [run] = await tree.with(mutation, () => runIn(tree, [file]))
        const failed = run?.failed.find((name) => !before.get(file)?.failed.includes(name))
        if (failed) return `${file}: ${failed}`
      }
      return null
    }
    await eachIn(trees, mutations, async (tree, mutation) =>
      tell({ mutation, shownBy: await judge(tree, mutation), isAsked: comesTo(mutation.site).length > 0 }),
    )
  } finally {
    for (const tree of [probing, ...trees]) tree.remove()
  }
}

/** Which files of tests come to a check. */
function noted({ folder }: Tree): (site: string) => string[] {
  const lines = readFileSync(join(folder, NOTES), 'utf8').trim().split('\n')
  const found = lines.map((line) => JSON.parse(line) as { testPath: string; sites: string[] })
  return (site) => found.filter(({ sites }) => sites.includes(site)).map(({ testPath }) => relative(folder, testPath))
}

async function runIn({ folder }: Tree, files: readonly string[]): Promise<Run[]> {
  const results = join(folder, 'results.json')
  rmSync(results, { force: true })
  const args = ['--config', 'jest.mutations.config.mjs', '--ci', '--json', `--outputFile=${results}`]
  const how = files.length > 0 ? ['-i', '--runTestsByPath', ...files] : [`--maxWorkers=${AT_ONCE}`]
  const env = childEnvironment({ NODE_ENV: 'test', DATABASE_URL: undefined })
  const running = start(process.execPath, ['node_modules/jest/bin/jest.js', ...args, ...how], {
    cwd: folder,
    env,
    stdio: 'ignore',
  })
  await running.ended
  if (!existsSync(results)) return files.map((file) => ({ file, ms: 0, failed: ['it does not run'] }))
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as Report
  return testResults.map(({ name, startTime, endTime, assertionResults, message }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)
    const isBroken = assertionResults.length === 0 && message !== ''
    return { file: relative(folder, name), ms: endTime - startTime, failed: isBroken ? ['it does not run'] : failed }
  })
}
