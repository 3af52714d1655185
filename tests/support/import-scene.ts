import postgres from 'postgres'
import { sql } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { applyImport, checkImport } from '@/lib/importing/changes'
import type { FormatId } from '@/lib/importing/schema'
import { createTestDatabase, type TestDatabase } from './database'
import { seeded } from './seeded'
import { serveWith } from './server-settings'
import { viewerOf } from './viewer'

export const AURORA = 'aurora.example'

/** The demo's accounts in a database of their own, with an administrator of the main one, and what every test of an import asks for. */
export class ImportScene {
  #database: TestDatabase | undefined
  #owner: postgres.Sql | undefined
  #admin: Viewer | undefined

  /** Prepares before all tests, looks after each, and cleans up. Call once at the top of a test file. */
  constructor() {
    beforeAll(() => this.#open(), 120_000)
    afterEach(() => this.#verify())
    afterAll(() => this.#close())
  }

  get owner(): postgres.Sql {
    return this.#owner as postgres.Sql
  }
  get admin(): Viewer {
    return this.#admin as Viewer
  }
  get ownerUrl(): string {
    return this.#database?.ownerUrl ?? ''
  }

  check = (bytes: Uint8Array, format: FormatId = 'lc-devices', by = this.admin) =>
    checkImport(by, { format, fileName: 'file.csv', bytes })

  bring = async (bytes: Uint8Array, format: FormatId = 'lc-devices') => {
    const { runId } = await this.check(bytes, format)
    return applyImport(this.admin, runId)
  }

  /** A device of the account by its instance number, as its row, with what hangs on it in words. */
  device = async (instance: string) => {
    const [row] = await this.owner`
      select d.*, to_char(d.ship_date, 'YYYY-MM-DD') as shipped, to_char(d.last_date_of_support, 'YYYY-MM-DD') as ldos,
        v.name as virtual_account, p.smart_account_id as product_of,
        (select instance_number from devices where id = d.parent_id) as parent
      from devices d join products p on p.id = d.product_id
      left join virtual_accounts v on v.smart_account_id = d.smart_account_id and v.id = d.virtual_account_id
      where d.smart_account_id = ${this.admin.account.id} and d.instance_number = ${instance}`
    return row
  }

  /** The newest events of the account, the last one first. */
  events = (domain = AURORA) => this.owner`
    select type, actor_kind, subject_id, change_set_id, virtual_account_ids, detail from events
    where smart_account_id = (select id from smart_accounts where domain = ${domain}) order by seq desc limit 5`

  viewer = (email: string, domain: string) => viewerOf(this.owner, email, domain)

  async #open() {
    serveWith({ DEMO: '1', DEMO_NOW: '2026-05-06T10:00:00Z' })
    this.#database = await createTestDatabase(seeded({ devices: 300, now: now() }))
    serveWith({ DATABASE_URL: this.#database.appUrl })
    this.#owner = postgres(this.#database.ownerUrl, { max: 2, onnotice: () => undefined })
    // Rules of the demo would move what comes in: import-rules.test.ts is about that.
    await this.#owner`delete from assignment_rules`
    this.#admin = await viewerOf(this.#owner, 'admin@aurora.example', AURORA)
  }

  async #verify() {
    expect(await this.owner`select * from app.rollup_drift() where cells <> 0`).toHaveLength(0)
    expect(await this.owner`select * from app.broken_events()`).toHaveLength(0)
  }

  async #close() {
    await sql().end()
    await this.owner.end()
    await this.#database?.drop()
  }
}
