/** `npm run build`: the production build, unless it is there already. */
import { ensureBuild } from './production-build'
import { main } from './run'

await main(async (cleanup) => {
  const outcome = await ensureBuild(cleanup)
  if (outcome === 'reused') console.log('The production build is up to date.')
  return 0
})
