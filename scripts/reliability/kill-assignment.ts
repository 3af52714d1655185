/**
 * `npm run reliability:kill-assignment`: a process that moves 10,000 devices is killed at a random moment, twenty times.
 * Each time all or none have moved, the event is there exactly if they have, the locks are gone within two seconds, and
 * the same plan sent again has one effect in all. Exit code 1 where any of that does not hold.
 */
import { spawn } from 'node:child_process'
import { main } from '@/scripts/run'
import { ASSETS, type Ground, openGround, turn } from './ground'

/** Twenty, or as many as are asked for. */
const ROUNDS = Number(process.argv[2] ?? 20)
const ADMIN = 'admin@aurora.example'
const LOCKS_GONE_MS = 2_000

type Outcome = { killedAfter: number; moved: number; locksGone: number; problems: string[] }

await main(async (cleanup) => {
  const ground = await openGround()
  cleanup(ground.close)
  const usual = await timeOf(ground)
  console.log(`Undisturbed: ${usual} ms.`)
  const outcomes: Outcome[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const outcome = await killed(ground, round, Math.round(Math.random() * usual * 1.2))
    outcomes.push(outcome)
    const { killedAfter, moved, locksGone, problems } = outcome
    console.log(
      `${round}: killed after ${killedAfter} ms, ${moved} moved, locks gone in ${locksGone} ms${problems.map((text) => `; ${text}`).join('')}`,
    )
  }
  const failed = outcomes.filter(({ problems }) => problems.length > 0).length
  const whole = outcomes.filter(({ moved }) => moved === ASSETS).length
  console.log(`${ROUNDS} rounds: ${whole} had ended before, ${ROUNDS - whole} left nothing; ${failed} failed.`)
  return failed === 0 ? 0 : 1
})

async function timeOf(ground: Ground): Promise<number> {
  const plan = await ground.plan(await ground.viewer(ADMIN), turn(0))
  const worker = run(ground, plan)
  await worker.ready
  const started = performance.now()
  await worker.ended
  return Math.round(performance.now() - started)
}

async function killed(ground: Ground, round: number, killedAfter: number): Promise<Outcome> {
  const [to, events] = [turn(round), await ground.events()]
  const plan = await ground.plan(await ground.viewer(ADMIN), to)
  const worker = run(ground, plan)
  await worker.ready
  await new Promise((resolve) => setTimeout(resolve, killedAfter))
  worker.kill()
  await worker.ended
  const locksGone = await untilUnlocked(ground)
  const moved = (await ground.spread())[to] ?? 0
  const left = (await ground.events()) - events
  await run(ground, plan).ended
  const after = (await ground.spread())[to] ?? 0
  const problems = [
    ...(moved === 0 || moved === ASSETS ? [] : [`a mixed state of ${moved}`]),
    ...(left === (moved === ASSETS ? 1 : 0) ? [] : [`${left} events for ${moved} moved`]),
    ...(locksGone <= LOCKS_GONE_MS ? [] : ['locks stayed too long']),
    ...(after === ASSETS ? [] : [`the retry moved ${after}`]),
    ...((await ground.events()) === events + 1 ? [] : [`${(await ground.events()) - events} events after the retry`]),
  ]
  return { killedAfter, moved, locksGone, problems }
}

/** The process of its own; `ready` once it begins. */
function run({ environment, ownerUrl }: Ground, plan: number) {
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', '--import', './scripts/reliability/outside-next.mjs', '--conditions=react-server'],
      'scripts/reliability/assign-once.ts',
      ...[ownerUrl, ADMIN, String(plan)],
    ],
    { env: environment, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const ready = new Promise<void>((resolve) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', () => resolve())
  })
  return { ready, ended, kill: () => child.kill('SIGKILL') }
}

/** How long it takes until nobody holds the devices any more, in ms. */
async function untilUnlocked({ owner }: Ground): Promise<number> {
  const started = performance.now()
  for (;;) {
    const [held] = await owner`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and usename = 'license_central_app' and state <> 'idle'`
    if (held?.['n'] === 0) return Math.round(performance.now() - started)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
