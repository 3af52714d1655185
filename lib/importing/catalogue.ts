import 'server-only'
import { sql } from 'drizzle-orm'
import { type Client, readAs, type Writer, writeAs } from '@/db/client'
import { operatorIn } from '@/lib/access/operator'
import { write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { applied, startRun } from './changes'
import { formats } from './formats'
import { applyDeviceDates, LIFECYCLE_SOURCE, lifecycleDates, planFromCatalogue } from './lifecycle-plan'
import { columnNames, typed } from './plan-columns'
import { countPlan, keepPlan, lockThings, openPlan, openRows } from './plan-store'
import type { Run } from './schema'
import { openFile, readRows } from './staging'

/** `accounts` are those whose devices get other dates; `unknown` counts PIDs that the catalogue does not have. */
export type CatalogueOutcome = {
  changed: number
  unchanged: number
  unknown: number
  rejected: { line: number; problem: string }[]
  accounts: { domain: string; devices: number }[]
}

type Upload = { fileName: string; bytes: Uint8Array }
type Concerned = { id: number; domain: string; pids: string[] }

class DryRun extends Error {}

/**
 * Takes lifecycle dates into the catalogue, and then into the devices of every account, each with a change set and an
 * event of its own. Stopped halfway it goes on from there at the next run of the same file. For the operator only.
 */
export async function importCatalogue(
  client: Client,
  upload: Upload,
  { dryRun = false } = {},
): Promise<CatalogueOutcome> {
  const format = formats.lifecycle
  const opened = await openFile(upload.bytes, format)
  const rows = [...readRows(opened, format, '')]
  const good = rows.filter(({ problem }) => problem === null)
  const rejected = rows.flatMap(({ line, problem }) => (problem === null ? [] : [{ line, problem }]))
  const keys = good.flatMap(({ key }) => key ?? [])
  const identity = { userId: null, now: now() }
  const accounts: CatalogueOutcome['accounts'] = []
  let counts = { changed: 0, known: 0 }
  try {
    await writeAs(client, identity, async (tx) => {
      counts = await updateProducts(
        tx,
        good.map(({ data }) => data),
      )
      if (!dryRun) return
      for (const account of await concerned(tx, keys))
        accounts.push({ domain: account.domain, devices: await countDevices(tx, account) })
      throw new DryRun()
    })
  } catch (error) {
    if (!(error instanceof DryRun)) throw error
  }
  const { used, unused } = opened.matched
  const reading = { used, unused, delimiter: opened.table.delimiter }
  for (const account of dryRun ? [] : await readAs(client, identity, (reader) => concerned(reader, keys))) {
    const devices = await applyIn(client, account, { ...upload, format: 'lifecycle', reading })
    accounts.push({ domain: account.domain, devices })
  }
  const { changed, known } = counts
  return {
    changed,
    unchanged: known - changed,
    unknown: good.length - known,
    rejected,
    accounts: accounts.filter(({ devices }) => devices > 0),
  }
}

async function updateProducts(
  tx: Writer,
  facts: Record<string, unknown>[],
): Promise<{ changed: number; known: number }> {
  const columns = { bulletin: 'text', ...lifecycleDates } as const
  const names = Object.keys(columns).map((key) => columnNames({ [key]: 'text' }))
  const wanted = sql.join(
    names.map((name) => sql`coalesce(n.${name}, p.${name})`),
    sql`, `,
  )
  const current = sql.join(
    names.map((name) => sql`p.${name}`),
    sql`, `,
  )
  const [row] = (await tx.execute(sql`
    with facts (pid, ${columnNames(columns)}) as materialized (
      select f->>'pid', ${typed('f', columns)} from jsonb_array_elements(${JSON.stringify(facts)}::jsonb) f),
    updated as (
      update products p set (${columnNames(columns)}, lifecycle_source, lifecycle_as_of) = (select ${wanted},
        coalesce('Bulletin ' || coalesce(n.bulletin, p.bulletin), ${LIFECYCLE_SOURCE}), ${now().toISOString()}::timestamptz)
      from facts n where p.smart_account_id is null and p.pid = n.pid and (${wanted}) is distinct from (${current})
      returning 1)
    select (select count(*)::int from updated) as changed,
      (select count(*)::int from products p join facts n on n.pid = p.pid where p.smart_account_id is null) as known`)) as unknown as {
    changed: number
    known: number
  }[]
  return row ?? { changed: 0, known: 0 }
}

/** Accounts with devices of these PIDs, from the counts that are kept anyway. */
async function concerned(reader: Pick<Writer, 'execute'>, pids: string[]): Promise<Concerned[]> {
  const rows = await reader.execute(sql`
    select a.id, a.domain, jsonb_agg(distinct p.pid) as pids from device_products p join smart_accounts a on a.id = p.smart_account_id
    where p.virtual_account_id = -1 and p.n <> 0 and p.pid in (select jsonb_array_elements_text(${JSON.stringify(pids)}::jsonb))
    group by a.id, a.domain order by a.id`)
  return rows as unknown as Concerned[]
}

async function countDevices(reader: Pick<Writer, 'execute'>, { id, pids }: Concerned): Promise<number> {
  const plan = planFromCatalogue({ accountId: id, id: 0, at: '' }, pids)
  const [row] = (await reader.execute(sql`select count(*)::int as n from (${plan}) p`)) as unknown as { n: number }[]
  return row?.n ?? 0
}

async function applyIn(client: Client, account: Concerned, started: Parameters<typeof startRun>[2]): Promise<number> {
  const identity = { userId: null, now: now() }
  if ((await readAs(client, identity, (reader) => countDevices(reader, account))) === 0) return 0
  const operator = await operatorIn(client, account.domain)
  return write(operator, { permission: 'import' }, async (tx) => {
    const run: Run = await startRun(tx, operator, started)
    await keepPlan(tx, run, planFromCatalogue(run, account.pids))
    await openRows(tx, run)
    await openPlan(tx, run)
    await lockThings(tx, run)
    await applyDeviceDates(tx, run)
    const { devices } = await countPlan(tx, run, formats.lifecycle)
    const { changeSet, events } = await applied(tx, run, formats.lifecycle, {
      added: 0,
      changed: 0,
      unchanged: 0,
      rejected: 0,
      differing: 0,
      devices,
    })
    return { result: devices, changeSet, events }
  })
}
