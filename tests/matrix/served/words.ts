import type { Sql } from 'postgres'
import type { Somebody } from '../people'
import { rules } from '../rules'
import type { Sight } from '../sight'
import { Contacts } from './contacts'
import { wordsIn } from './scanning'

/** What names a single thing: a page that holds such a word of something else has leaked it. */
const NAMING: Readonly<Record<string, string>> = {
  devices: `concat_ws(' ', name, serial_number, instance_number)`,
  contracts: `concat_ws(' ', number, label)`,
  subscriptions: 'number',
  orders: `concat_ws(' ', number, web_order_number, customer_order_number)`,
  events: 'note',
  order_lines: `case when description like 'canary%' then concat_ws(' ', pid, description) end`,
  deliveries: 'reference',
  documents: `case when title like 'canary%' then title end`,
  order_shares: 'note',
  virtual_accounts: 'description',
  user_groups: 'name',
  access_requests: 'reason',
  saved_views: 'name',
  import_runs: 'file_name',
  import_plan: `concat_ws(' ', problem, after)`,
  differences: 'incoming_value::text',
  products: `case when smart_account_id is not null then pid end`,
}

/** The words by which things are known, and by whom. */
export class Words {
  private constructor(
    private readonly all: ReadonlyMap<string, string>,
    private readonly seen: ReadonlyMap<string, ReadonlySet<string>>,
    private readonly contacts: Contacts,
  ) {}

  static async read(owner: Sql, sights: ReadonlyMap<string, Sight>): Promise<Words> {
    const all = new Map<string, string>()
    for (const [table, naming] of Object.entries(NAMING)) {
      const rows = await owner.unsafe<{ text: string | null }[]>(`select ${naming} as text from ${table}`)
      for (const { text } of rows) for (const word of wordsIn(text ?? '')) all.set(word, table)
    }
    const seen = new Map<string, Set<string>>()
    for (const [email, sight] of sights) seen.set(email, await wordsSeen(owner, sight, all))
    return new Words(all, seen, await Contacts.read(owner))
  }

  /** What an answer tells that its reader may not know; on some pages, by their path, they may know more addresses. */
  leaks(body: string, reader: Somebody | null, path = ''): string[] {
    const mine = this.seen.get(reader?.email ?? '')
    const foreign = [...wordsIn(body)].filter((word) => this.all.has(word) && !mine?.has(word))
    return [
      ...foreign.map((word) => `${this.all.get(word)}: ${word}`),
      ...this.contacts.leaks(body, reader, path),
      ...(/\$argon2|passwordHash|password_hash|token_hash|tokenHash|blindIndex/.exec(body) ?? []).map(
        (word) => `secret: ${word}`,
      ),
    ]
  }
}

/** Of all those words the ones in rows that a person sees. */
async function wordsSeen(owner: Sql, sight: Sight, all: ReadonlyMap<string, string>): Promise<Set<string>> {
  const mine = new Set<string>()
  for (const [table, rule] of Object.entries(rules)) {
    const rows = await owner.unsafe<{ text: string }[]>(`select t::text as text from ${table} t where ${rule(sight)}`)
    for (const { text } of rows) for (const word of wordsIn(text)) if (all.has(word)) mine.add(word)
  }
  return mine
}
