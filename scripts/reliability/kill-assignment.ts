/**
 * `npm run reliability:kill-assignment`: the production server is killed at a random moment while it moves 10,000 devices,
 * twenty times. Each time all or none have moved, the event is there exactly if they have, the locks are gone within two
 * seconds, and the same plan, submitted again to a new server, has one effect in all. Exit code 1 where any of that does
 * not hold.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '@/db/client'
import { verifyChains } from '@/lib/changes/verify'
import { ensureBuild } from '@/scripts/production-build'
import { main } from '@/scripts/run'
import { ASSETS, type Ground, openGround, turn } from './ground'
import { type ServedGround, serveGround } from './served-ground'

/** Twenty, or as many as are asked for. */
const ROUNDS = Number(process.argv[2] ?? 20)
const ADMIN = 'admin@aurora.example'
const LOCKS_GONE_MS = 2_000

type Outcome = { killedAfter: number; moved: number; told: string; locksGone: number; problems: string[] }

await main(async (cleanup) => {
  await ensureBuild(cleanup)
  const ground = await openGround()
  cleanup(ground.close)
  let server: ServedGround | undefined
  cleanup(async () => server?.stop())
  server = await serveGround(ground)
  await timeOf(ground, server, 0)
  const usual = await timeOf(ground, server, 1)
  console.log(`Undisturbed: ${usual} ms.`)
  const outcomes: Outcome[] = []
  for (let round = 2; round < ROUNDS + 2; round++) {
    const [outcome, next] = await killed(ground, server, round, Math.round(Math.random() * usual * 1.2))
    server = next
    outcomes.push(outcome)
    const { killedAfter, moved, told, locksGone, problems } = outcome
    console.log(
      `${round - 1}: killed after ${killedAfter} ms, answer ${told}, ${moved} moved, locks gone in ${locksGone} ms${problems.map((text) => `; ${text}`).join('')}`,
    )
  }
  const failed = outcomes.filter(({ problems }) => problems.length > 0).length
  const whole = outcomes.filter(({ moved }) => moved === ASSETS).length
  const broken = await brokenChains(ground)
  console.log(`${ROUNDS} rounds: ${whole} had ended before, ${ROUNDS - whole} left nothing; ${failed} failed.`)
  console.log(broken.length === 0 ? 'Every event chain holds.' : `Broken chains: ${broken.join(', ')}`)
  return failed + broken.length === 0 ? 0 : 1
})

async function timeOf(ground: Ground, server: ServedGround, round: number): Promise<number> {
  const plan = await ground.plan(await ground.viewer(ADMIN), turn(round))
  const started = performance.now()
  const told = await server.submit(ADMIN, plan)
  if (told.kind !== 'done') throw new Error(`Undisturbed it was ${JSON.stringify(told)}.`)
  return Math.round(performance.now() - started)
}

async function killed(
  ground: Ground,
  server: ServedGround,
  round: number,
  killedAfter: number,
): Promise<[Outcome, ServedGround]> {
  const [to, before] = [turn(round), await ground.logged()]
  const plan = await ground.plan(await ground.viewer(ADMIN), to)
  const answer = server.submit(ADMIN, plan)
  await sleep(killedAfter)
  await server.kill()
  const told = await answer
  const locksGone = await untilUnlocked(ground)
  const moved = (await ground.spread())[to] ?? 0
  const left = await ground.logged()
  const next = await serveGround(ground)
  const retry = await next.submit(ADMIN, plan)
  const after = (await ground.spread())[to] ?? 0
  const end = await ground.logged()
  const whole = moved === ASSETS ? 1 : 0
  const problems = [
    ...(moved === 0 || moved === ASSETS ? [] : [`a mixed state of ${moved}`]),
    ...(left.events - before.events === whole ? [] : [`${left.events - before.events} events for ${moved} moved`]),
    ...(left.items - before.items === moved ? [] : [`${left.items - before.items} items for ${moved} moved`]),
    ...(told.kind === 'done' && moved === 0 ? ['it was answered as done, and is not there'] : []),
    ...(locksGone <= LOCKS_GONE_MS ? [] : ['locks stayed too long']),
    ...(retry.kind === 'done' ? [] : [`the retry was ${JSON.stringify(retry)}`]),
    ...(after === ASSETS ? [] : [`the retry moved ${after}`]),
    ...(end.events === before.events + 1 ? [] : [`${end.events - before.events} events after the retry`]),
    ...(end.items === before.items + ASSETS ? [] : [`${end.items - before.items} items after the retry`]),
  ]
  return [{ killedAfter, moved, told: told.kind, locksGone, problems }, next]
}

/** How long it takes until nobody holds the devices any more, in ms. */
async function untilUnlocked({ owner }: Ground): Promise<number> {
  const started = performance.now()
  for (;;) {
    const [held] = await owner`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and usename = 'license_central_app' and state <> 'idle'`
    if (held?.['n'] === 0) return Math.round(performance.now() - started)
    await sleep(25)
  }
}

async function brokenChains({ ownerUrl }: Ground): Promise<string[]> {
  const client = connect(ownerUrl, { max: 1, statementTimeout: 0 })
  const { broken } = await verifyChains(client)
  await client.end()
  return broken.map(({ domain, seq }) => `${domain} at ${seq}`)
}
