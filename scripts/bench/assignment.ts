/**
 * `npm run bench:assignment`: 10,000 devices moved with an item each, by the product and by the set-based SQL that one writes by
 * hand, by turns. Exit code 1 where the product takes more than 1.5 seconds or twice the SQL.
 */
import type { TransactionSql } from 'postgres'
import { applyPlan } from '@/lib/assignment/apply'
import { ASSETS, type Ground, openGround, turn } from '@/scripts/reliability/ground'
import { main } from '@/scripts/run'

const ROUNDS = Number(process.argv[2] ?? 7)
const MOST_MS = 1500
const MOST_TIMES = 2
const ADMIN = 'admin@aurora.example'

await main(async (cleanup) => {
  const ground = await openGround()
  cleanup(ground.close)
  const viewer = await ground.viewer(ADMIN)
  const [product, hand]: [number[], number[]] = [[], []]
  for (let round = 0; round <= ROUNDS; round++) {
    // As the database does by itself where it is not one of tests: what the rounds before left behind is in nobody's way.
    await ground.owner`vacuum analyze devices`
    const plan = await ground.plan(viewer, turn(0))
    product.push(await timed(() => applyPlan(viewer, plan)))
    hand.push(await timed(() => byHand(ground.owner, viewer.account.id, ground.place(turn(1)))))
    if (Number((await ground.spread())[turn(1)]) !== ASSETS) throw new Error('Not all of them have moved.')
    console.log(`${round === 0 ? 'warm-up' : round}: product ${product.at(-1)} ms, by hand ${hand.at(-1)} ms`)
  }
  const [ours, theirs] = [median(product.slice(1)), median(hand.slice(1))]
  console.log(
    `${ASSETS.toLocaleString('en-US')} devices: ${ours} ms, by hand ${theirs} ms = ${(ours / theirs).toFixed(2)} times`,
  )
  return ours <= MOST_MS && ours <= MOST_TIMES * theirs ? 0 : 1
})

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return Math.round(performance.now() - started)
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** Locked in the order of their ids, moved, and an item each: nothing is planned, checked or compared. */
function byHand(owner: Ground['owner'], account: number, to: number): Promise<unknown> {
  return owner.begin(async (tx: TransactionSql) => {
    const [set] = await tx<{ id: number }[]>`
      insert into change_sets (smart_account_id, kind, actor_kind, summary) values (${account}, 'assignment', 'operator', '{}') returning id`
    const id = set?.id ?? 0
    await tx`
      with locked as materialized (
          select id, virtual_account_id as was from devices where smart_account_id = ${account} and instance_number like 'bulk-%' order by id for update),
        moved as (
          update devices d set virtual_account_id = ${to}, version = version + 1 from locked l
          where d.smart_account_id = ${account} and d.id = l.id returning d.id, l.was)
      insert into change_items (smart_account_id, change_set_id, position, subject, subject_id, before, after)
      select ${account}, ${id}, row_number() over (), 'device', id, jsonb_build_object('virtualAccountId', was),
        jsonb_build_object('virtualAccountId', ${to}::bigint) from moved`
    await tx`insert into events (smart_account_id, type, actor_kind, change_set_id, subject, virtual_account_ids, detail)
      values (${account}, 'devices.assigned', 'operator', ${id}, 'device', ${[to]}, '{}')`
  })
}
