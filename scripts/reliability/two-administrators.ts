/**
 * `npm run reliability:two-administrators`: two administrators submit plans that move the same 10,000 devices to different
 * places, twenty rounds, to the production server. Each time one wins all of them and the other is told what has changed; no
 * deadlock, no mixed state. Exit code 1 where any of that does not hold.
 */
import { ensureBuild } from '@/scripts/production-build'
import { main } from '@/scripts/run'
import { ASSETS, openGround } from './ground'
import { serveGround } from './served-ground'

/** Twenty, or as many as are asked for. */
const ROUNDS = Number(process.argv[2] ?? 20)
const PAIRS = [
  ['France', 'Canada'],
  ['Germany', 'APJC'],
] as const
const [ONE, OTHER] = ['admin@aurora.example', 'admin2@aurora.example']

await main(async (cleanup) => {
  await ensureBuild(cleanup)
  const ground = await openGround()
  cleanup(ground.close)
  const server = await serveGround(ground)
  cleanup(server.stop)
  let failed = 0
  for (let round = 1; round <= ROUNDS; round++) {
    const [here, there] = PAIRS[round % 2] ?? PAIRS[0]
    const plans = [
      await ground.plan(await ground.viewer(ONE), here),
      await ground.plan(await ground.viewer(OTHER), there),
    ] as const
    const before = await ground.logged()
    const started = performance.now()
    const all = await Promise.all([server.submit(ONE, plans[0]), server.submit(OTHER, plans[1])])
    const took = Math.round(performance.now() - started)
    const won = all.findIndex(({ kind }) => kind === 'done')
    const lost = all.flatMap((told) => (told.kind === 'refused' ? [told.problems] : []))
    const [problems = []] = lost
    const spread = await ground.spread()
    const after = await ground.logged()
    const isWhole = Object.keys(spread).length === 1 && spread[won === 0 ? here : there] === ASSETS
    const isLogged = after.events === before.events + 1 && after.items === before.items + ASSETS
    const isGood = won >= 0 && lost.length === 1 && problems.length > 1 && isWhole && isLogged
    if (!isGood) failed++
    console.log(
      `${round}: ${took} ms, ${Object.entries(spread).map(([name, n]) => `${n} in ${name}`)}, the other was told of ${problems.length - 1}${isGood ? '' : `: NOT AS IT SHOULD BE (${JSON.stringify(all)})`}`,
    )
  }
  console.log(`${ROUNDS} rounds, ${failed} failed; ${await ground.deadlocks()} deadlocks.`)
  return failed + (await ground.deadlocks()) === 0 ? 0 : 1
})
