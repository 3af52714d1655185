import type { Sql } from 'postgres'
import { AURORA, BOREALIS } from '../people'

/** Things that an action takes away for good: as many of each as there are people who may, and one that nobody gets. */
export type RealThings = {
  domain: string
  /** Where the shared lines are, and where the moved devices were and are. */
  place: string
  from: string
  to: string
  /** Who sent the shares. */
  sender: string
  rules: number[]
  shares: number[]
  /** Change sets of assignments, each of one device that is where it was moved to. */
  moves: { changeSet: number; device: number; from: number }[]
}

/** More than there are people who may. */
const OF_EACH = 12

const SCENES = [
  { domain: AURORA, place: 'Germany', from: 'EMEA', to: 'Germany', sender: 'user@aurora.example' },
  {
    ...{ domain: BOREALIS, place: 'Norway Hospitals', from: 'Sweden Hospitals', to: 'Norway Hospitals' },
    sender: 'admin@borealis.example',
  },
]

/** Puts them into the data of the matrix, as the owner. */
export async function addRealThings(owner: Sql): Promise<RealThings[]> {
  const made: RealThings[] = []
  for (const scene of SCENES) {
    const [found] = await owner<{ account: number; place: number; from: number; to: number; person: number }[]>`
      select a.id as account, p.id as place, f.id as from, t.id as to, (select id from users where email = ${scene.sender}) as person
      from smart_accounts a
      join virtual_accounts p on p.smart_account_id = a.id and p.name = ${scene.place}
      join virtual_accounts f on f.smart_account_id = a.id and f.name = ${scene.from}
      join virtual_accounts t on t.smart_account_id = a.id and t.name = ${scene.to} where a.domain = ${scene.domain}`
    if (!found) throw new Error(`${scene.domain} has not the Virtual Accounts of the matrix.`)
    made.push({
      ...scene,
      rules: await addRules(owner, found.account, found.place),
      shares: await addShares(owner, found),
      moves: await addMoves(owner, found),
    })
  }
  return made
}

const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id)

const addRules = async (owner: Sql, account: number, place: number) =>
  ids(
    await owner<{ id: number }[]>`
      insert into assignment_rules (smart_account_id, field, value, virtual_account_id)
      select ${account}, 'site', 'Nowhere ' || n, ${place} from generate_series(1, ${OF_EACH}) n returning id`,
  )

/** Of one line of an order whose lines are all in the place. */
async function addShares(owner: Sql, { account, place, person }: { account: number; place: number; person: number }) {
  const shares = await owner<{ id: number }[]>`
    with line as (select l.order_id, l.id from order_lines l join orders o on o.smart_account_id = l.smart_account_id and o.id = l.order_id
        where l.smart_account_id = ${account} and o.virtual_account_ids = array[${place}]::bigint[]
          and not exists (select from order_shares s where s.order_id = o.id)
          and not exists (select from devices d where d.smart_account_id = l.smart_account_id and d.order_line_id = l.id and d.virtual_account_id is distinct from ${place})
        order by l.id desc limit 1),
      share as (insert into order_shares (smart_account_id, order_id, email, level, note, sent_by)
        select ${account}, line.order_id, 'real-' || n || '@matrix.example', 'lines', '', ${person} from line, generate_series(1, ${OF_EACH}) n returning id),
      item as (insert into order_share_items (smart_account_id, share_id, order_line_id)
        select ${account}, share.id, line.id from share, line)
    select id from share order by id`
  return ids(shares)
}

/** Devices that are alone, the last ones: others of the matrix are the first. */
async function addMoves(
  owner: Sql,
  { account, from, to, person }: { account: number; from: number; to: number; person: number },
) {
  const devices = await owner<{ id: number }[]>`
    update devices set virtual_account_id = ${to} where smart_account_id = ${account} and id in (
      select d.id from devices d where d.smart_account_id = ${account} and d.virtual_account_id = ${from} and d.parent_id is null
        and not exists (select from devices c where c.smart_account_id = d.smart_account_id and c.parent_id = d.id)
        and not exists (select from license_use u where u.smart_account_id = d.smart_account_id and u.device_id = d.id)
      order by d.id desc limit ${OF_EACH}) returning id`
  const moves: RealThings['moves'] = []
  for (const { id: device } of devices) {
    const [set] = await owner<{ id: number }[]>`
      insert into change_sets (smart_account_id, kind, actor_kind, actor_user_id, summary)
      values (${account}, 'assignment', 'person', ${person}, ${owner.json({ devices: 1, places: [from, to], origin: 'rows' })}) returning id`
    await owner`insert into change_items (smart_account_id, change_set_id, position, subject, subject_id, before, after)
      values (${account}, ${set?.id ?? 0}, 1, 'device', ${device}, ${owner.json({ virtualAccountId: from })}, ${owner.json({ virtualAccountId: to })})`
    // By its event it is seen by who sees one of its places.
    await owner`insert into events (smart_account_id, type, actor_kind, actor_user_id, change_set_id, subject, virtual_account_ids, detail)
      values (${account}, 'devices.assigned', 'person', ${person}, ${set?.id ?? 0}, 'device', ${[from, to]}, '{"devices": 1}')`
    moves.push({ changeSet: set?.id ?? 0, device, from })
  }
  return moves
}
