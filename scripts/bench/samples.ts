import type { Sql } from 'postgres'
import type { Viewer } from '@/lib/access/viewer'

/** What the scenarios ask for, taken from the data in a fixed order: the same in each run. */
export type Samples = {
  triples: { va: string; architecture: string; coverage: string }[]
  words: string[]
  fives: string[]
  threes: string[]
  prefixes: string[]
  /** Whole serial numbers, as many as are pasted at most, halved. */
  serials: string[]
  family: string
  families: string[]
  contract: string
  pid: string
  others: string[]
}

export async function samplesOf(sql: Sql, viewer: Viewer): Promise<Samples> {
  const account = viewer.account.id
  const mine = viewer.virtualAccounts.map(({ id }) => id)
  const seen = viewer.scope.kind === 'account' ? sql`virtual_account_id = -1` : sql`virtual_account_id in ${sql(mine)}`
  const [triples, words, serials, pasted, families, contracts, pids, countries] = await Promise.all([
    sql<Samples['triples']>`select va, architecture, coverage from (
        select virtual_account_id::text as va, architecture, coverage_status as coverage, sum(n) as n from device_coverage
        where smart_account_id = ${account} and virtual_account_id in ${sql(mine)} group by 1, 2, 3) t
      where n between 1 and 26800 order by md5(va || architecture || coverage) limit 60`,
    sql<
      { word: string }[]
    >`with c as (select product_id, sum(n) as n from device_products where smart_account_id = ${account} and ${seen} group by 1),
        w as (select distinct id, regexp_split_to_table(lower(description), '[^a-z]+') as word from products)
      select word from w join c on c.product_id = w.id where length(word) > 3
      group by word having sum(n) / (select sum(n) from c) between 0.025 and 0.2 order by md5(word) limit 24`,
    sql<
      { serial: string }[]
    >`select serial_number as serial from devices where smart_account_id = ${account} and serial_number ~ '^[A-Z0-9]{11}$'
      and id % 97 = 5 order by md5(id::text) limit 24`,
    sql<
      { serial: string }[]
    >`select serial_number as serial from devices where smart_account_id = ${account} and serial_number is not null
      and id % 37 = 3 order by md5(id::text) limit 250`,
    sql<
      { family: string }[]
    >`select family from device_products where smart_account_id = ${account} and ${seen} group by 1 order by sum(n) desc limit 5`,
    sql<
      { contract: string }[]
    >`select contract_number as contract from devices where smart_account_id = ${account} and contract_number is not null
      group by 1 order by count(*) desc limit 1 offset 5`,
    sql<
      { pid: string }[]
    >`select pid from device_products where smart_account_id = ${account} and ${seen} group by 1 order by sum(n) desc limit 1`,
    sql<
      { country: string }[]
    >`select distinct country from device_coverage where smart_account_id = ${account} and country not in ('US', 'DE', '') order by 1`,
  ])
  const cut = (from: number, length: number) => [
    ...new Set(serials.map(({ serial }) => serial.slice(from, from + length))),
  ]
  return {
    triples: [...triples],
    words: words.map(({ word }) => word),
    fives: cut(5, 5).slice(0, 12),
    threes: cut(7, 3).slice(0, 8),
    serials: pasted.map(({ serial }) => serial),
    prefixes: [...cut(0, 1).slice(0, 3), ...cut(0, 2).slice(0, 3)],
    family: families[1]?.family ?? '',
    families: families.slice(2).map(({ family }) => family),
    contract: contracts[0]?.contract ?? '',
    pid: pids[0]?.pid ?? '',
    others: countries.map(({ country }) => country),
  }
}
