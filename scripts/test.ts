/** `npm test`: everything that is checked, one step after the other; the last line counts what passed. */
import { childEnvironment } from '@/lib/env'
import { browserTests } from './browser-tests'
import { chromiumPath } from './chromium'
import { DATA_FOLDER } from './own-secrets'
import { ensureBuild } from './production-build'
import { main, type Running, startNode } from './run'
import { add, type Counts, jestCounts, one } from './test-counts'

await main(async (cleanup) => {
  const environment = childEnvironment({ NODE_ENV: 'test', DATABASE_URL: undefined, DATABASE_OWNER_URL: undefined })
  const passes = async (program: Running) => {
    cleanup(program.stop)
    return (await program.ended) === 0
  }
  const node = (program: string, ...args: string[]) => passes(startNode(program, args, { env: environment }))
  let total: Counts = { passed: 0, failed: 0, skipped: 0 }
  const step = async (name: string, work: () => Promise<Counts>) => {
    const began = Date.now()
    console.log(`\n== ${name}`)
    const counts = await work().catch((error) => {
      console.error(error instanceof Error ? error.message : error)
      return one(false)
    })
    total = add(total, counts)
    console.log(`== ${name}: ${counts.failed === 0 ? 'ok' : 'FAILED'}, ${((Date.now() - began) / 1000).toFixed(1)} s`)
    return counts.failed === 0
  }

  // A browser that has to be installed comes while other steps run; the one that needs it tells why there is none.
  chromiumPath().catch(() => undefined)
  await Promise.all([
    step('types', async () =>
      one((await node('next/dist/bin/next', 'typegen')) && (await node('typescript/bin/tsc', '--noEmit'))),
    ),
    step('lint', async () => one(await node('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'))),
  ])
  await step('unit and integration tests', async () => {
    const results = `${DATA_FOLDER}/jest.json`
    const passed = await node('jest/bin/jest.js', '--ci', '--maxWorkers=2', '--json', `--outputFile=${results}`)
    return jestCounts(results, passed)
  })
  const built = await step('production build', async () => one((await ensureBuild(cleanup)) !== undefined))
  await step('authorisation matrix over HTTP', async () => {
    if (!built) return { passed: 0, failed: 0, skipped: 1 }
    const results = `${DATA_FOLDER}/matrix.json`
    const config = ['--config', 'jest.matrix.config.mjs', '--ci', '--maxWorkers=2']
    return jestCounts(results, await node('jest/bin/jest.js', ...config, '--json', `--outputFile=${results}`))
  })
  await step('browser tests', async () => (built ? browserTests(cleanup) : { passed: 0, failed: 0, skipped: 1 }))

  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  return total.failed === 0 ? 0 : 1
})
