/** `npm run test:two-servers`: the browser tests against two servers on one database behind nginx, as docs/operations.md says. */
import { browserTests } from './browser-tests'
import { ensureBuild } from './production-build'
import { main } from './run'

await main(async (cleanup) => {
  await ensureBuild(cleanup)
  const { passed, failed, skipped } = await browserTests(cleanup, { servers: 2, args: process.argv.slice(2) })
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
  return failed === 0 && passed > 0 ? 0 : 1
})
