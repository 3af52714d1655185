import postgres, { type Sql } from 'postgres'
import { seed } from '@/db/seed/seed'
import type { Viewer } from '@/lib/access/viewer'
import { draftOfList } from '@/lib/assignment/draft'
import { takeServerSettings } from '@/lib/env'
import { DOMAIN, viewerAs } from '@/scripts/bench/viewers'
import { serverSecrets } from '@/scripts/own-secrets'
import { createTestDatabase } from '@/tests/support/database'

export const ASSETS = 10_000
const DEMO_NOW = '2026-07-01T12:00:00Z'

/** A database with demo data and 10,000 more devices that are alike, and what is asked of it again and again. */
export type Ground = {
  owner: Sql
  ownerUrl: string
  /** What a server on it is told. */
  settings: Record<string, string>
  place(name: string): number
  /** Where the devices are: how many in each Virtual Account. */
  spread(): Promise<Record<string, number>>
  /** A plan to move them all, of a person. */
  plan(viewer: Viewer, to: string): Promise<number>
  viewer(email: string): Promise<Viewer>
  /** Events of assignments so far, and how many items their change sets have. */
  logged(): Promise<{ events: number; items: number }>
  /** Those that the database has ended in this database. */
  deadlocks(): Promise<number>
  close(): Promise<void>
}

/** Must be opened before anything asks for a setting. */
export async function openGround(): Promise<Ground> {
  const database = await createTestDatabase()
  const secrets = serverSecrets()
  const settings = { ...secrets, DATABASE_URL: database.appUrl, NEXTAUTH_URL: 'http://127.0.0.1', DEMO: '1', DEMO_NOW }
  takeServerSettings(settings)
  await seed({ ownerUrl: database.ownerUrl, devices: 300, now: new Date(DEMO_NOW) })
  const owner = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined })
  await owner`
    insert into devices (smart_account_id, virtual_account_id, product_id, pid, description, family, architecture, asset_type, instance_number, source, as_of)
    select d.smart_account_id, d.virtual_account_id, d.product_id, d.pid, d.description, d.family, d.architecture, d.asset_type, 'bulk-' || n, d.source, d.as_of
    from (select d.* from devices d join smart_accounts a on a.id = d.smart_account_id where a.domain = ${DOMAIN} and d.virtual_account_id is not null
      order by d.id limit 1) d, generate_series(1, ${ASSETS}) n`
  await owner`analyze devices`
  const places = new Map(
    (
      await owner<{ name: string; id: number }[]>`select v.name, v.id::int from virtual_accounts v
        join smart_accounts a on a.id = v.smart_account_id where a.domain = ${DOMAIN}`
    ).map(({ name, id }) => [name, id]),
  )
  const ids = (
    await owner<{ id: number }[]>`select id::int from devices where instance_number like 'bulk-%' order by id`
  ).map(({ id }) => id)
  const place = (name: string) => places.get(name) ?? 0
  return {
    ...{
      owner,
      settings,
      ownerUrl: database.ownerUrl,
      place,
      viewer: (email) => viewerAs(owner, email),
    },
    spread: async () =>
      Object.fromEntries(
        (
          await owner<
            { name: string; n: number }[]
          >`select v.name, count(*)::int as n from devices d join virtual_accounts v
            on v.smart_account_id = d.smart_account_id and v.id = d.virtual_account_id where d.instance_number like 'bulk-%' group by 1`
        ).map(({ name, n }) => [name, n]),
      ),
    plan: (viewer, to) =>
      draftOfList(
        viewer,
        ids.map((id) => ({ subject: 'device' as const, id, to: place(to), quantity: null })),
        { origin: { kind: 'rows' } },
      ),
    logged: async () => {
      const [row] = await owner<{ events: number; items: number }[]>`
        select (select count(*)::int from events where type = 'devices.assigned') as events,
          (select count(*)::int from change_items i join change_sets s on s.smart_account_id = i.smart_account_id and s.id = i.change_set_id
            where s.kind = 'assignment') as items`
      return row ?? { events: 0, items: 0 }
    },
    deadlocks: async () =>
      Number(
        (await owner`select deadlocks from pg_stat_database where datname = current_database()`)[0]?.['deadlocks'],
      ),
    close: async () => {
      await owner.end()
      await database.drop()
    },
  }
}

/** Two places by turns, so that each round moves all of them. */
export const turn = (round: number): string => (round % 2 === 0 ? 'France' : 'Canada')
