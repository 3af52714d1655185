/**
 * `npm run reliability:two-administrators`: two administrators move the same 10,000 devices to different places, twenty
 * rounds. Each time one wins all of them and the other is told what has changed; no deadlock, no mixed state. Exit code 1
 * where any of that does not hold.
 */
import { applyPlan } from '@/lib/assignment/apply'
import { Conflict } from '@/lib/errors'
import { main } from '@/scripts/run'
import { ASSETS, openGround } from './ground'

/** Twenty, or as many as are asked for. */
const ROUNDS = Number(process.argv[2] ?? 20)
const PAIRS = [
  ['France', 'Canada'],
  ['Germany', 'APJC'],
] as const

await main(async (cleanup) => {
  const ground = await openGround()
  cleanup(ground.close)
  let failed = 0
  for (let round = 1; round <= ROUNDS; round++) {
    const [here, there] = PAIRS[round % 2] ?? PAIRS[0]
    const [one, other] = [await ground.viewer('admin@aurora.example'), await ground.viewer('admin2@aurora.example')]
    const plans = [await ground.plan(one, here), await ground.plan(other, there)] as const
    const started = performance.now()
    const results = await Promise.allSettled([applyPlan(one, plans[0]), applyPlan(other, plans[1])])
    const took = Math.round(performance.now() - started)
    const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
    const told = lost[0] instanceof Conflict ? lost[0].changed.length : 0
    const spread = await ground.spread()
    const isWhole = Object.values(spread).length === 1 && Object.values(spread)[0] === ASSETS
    const isGood = lost.length === 1 && told > 0 && isWhole
    if (!isGood) failed++
    console.log(
      `${round}: ${took} ms, ${Object.entries(spread).map(([name, n]) => `${n} in ${name}`)}, the other was told of ${told}${isGood ? '' : `: NOT AS IT SHOULD BE (${lost.map(String)})`}`,
    )
  }
  console.log(`${ROUNDS} rounds, ${failed} failed.`)
  return failed === 0 ? 0 : 1
})
