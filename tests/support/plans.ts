import type { Sql } from 'postgres'

type Node = {
  'Node Type': string
  'Parent Relationship'?: string
  'Relation Name'?: string
  Alias?: string
  Plans?: Node[]
} & Record<string, unknown>

/** A statement that was executed, one inside of a function of the database as well, with its plan. */
export type Executed = { text: string; plan: Node }

/** Makes the database tell every statement's plan to its connections from now on, as a notice. Needs a superuser. */
export async function explainAll(owner: Sql): Promise<void> {
  const [row] = await owner<{ name: string }[]>`select current_database() as name`
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
  }
  for (const [name, value] of Object.entries(settings))
    await owner.unsafe(`alter database "${row?.name}" set ${name} = '${value}'`)
}

/** The statement of such a notice; undefined of another one. */
export function executedOf(message: string | undefined): Executed | undefined {
  const [, json] = /^duration: [\d.]+ ms {2}plan:\n([\s\S]*)$/.exec(message ?? '') ?? []
  if (!json) return undefined
  const { 'Query Text': text, Plan: plan } = JSON.parse(json) as { 'Query Text': string; Plan: Node }
  return { text: text.replace(/\s+/g, ' ').trim(), plan }
}

const CONDITIONS = ['Index Cond', 'Recheck Cond', 'Filter', 'Hash Cond', 'Merge Cond', 'Join Filter', 'TID Cond']

/**
 * The tables among `tenants` that a statement reads or changes otherwise than for one account: no equality leads from
 * the account of their rows to a value, be it by way of other tables. What another part of the statement gives, or the
 * rows that a trigger is for, counts as a value: that part is looked at by itself.
 */
export function unboundTables({ plan }: Executed, tenants: ReadonlySet<string>): string[] {
  const nodes = allOf(plan)
  const scans = new Map(
    nodes.flatMap(({ alias, table, isScan }) => (isScan && table ? [[alias ?? table, table] as const] : [])),
  )
  const conditions = nodes.flatMap(({ texts, alias, isScan }) =>
    texts.map((text) => ({ text, alias: isScan ? alias : undefined })),
  )
  const same = new Groups()
  for (const { text, alias } of conditions) {
    for (const [, left = '', right = ''] of text.matchAll(EQUALITY)) {
      const [one, other] = [left, right].map((term) => placeOf(term, alias, scans))
      if (one && other) same.join(one, other)
    }
  }
  return [...scans].flatMap(([alias, table]) =>
    tenants.has(table) && !same.areOne(`${alias}.smart_account_id`, VALUE) ? [table] : [],
  )
}

type Step = { alias?: string | undefined; table?: string | undefined; isScan: boolean; texts: string[] }

function allOf(node: Node): Step[] {
  const { Alias: alias, 'Relation Name': table, Plans: parts = [] } = node
  const texts = CONDITIONS.map((name) => node[name]).filter((text) => typeof text === 'string')
  const step = { alias, table, isScan: node['Node Type'].endsWith('Scan') }
  return [{ ...step, texts: texts.map((text) => text.replaceAll('"', '')) }, ...parts.flatMap(allOf)]
}

const TERM = String.raw`(\$\d+|'[^']*'|\d+|[a-z_]\w*(?:\.\w+)?)`
const EQUALITY = new RegExp(`${TERM}(?:::\\w+)? = ${TERM}(?![\\w(]| \\()`, 'g')
const VALUE = '='

/** Where a side of an equality stands: a column of a table that is scanned, or a value. */
function placeOf(term: string, alias: string | undefined, scans: ReadonlyMap<string, string>): string | undefined {
  if (!/^[a-z_]/.test(term)) return VALUE
  const [first = '', column] = term.split('.')
  // In the conditions of its own scan a column stands without the name of the table.
  if (column === undefined) return alias === undefined ? undefined : placeOf(`${alias}.${first}`, alias, scans)
  return scans.has(first) ? term : VALUE
}

/** What is equal to each other. */
class Groups {
  readonly #over = new Map<string, string>()

  #top(name: string): string {
    const over = this.#over.get(name)
    return over === undefined ? name : this.#top(over)
  }

  join(one: string, other: string): void {
    const [top, under] = [this.#top(one), this.#top(other)]
    if (top !== under) this.#over.set(under, top)
  }

  areOne(one: string, other: string): boolean {
    return this.#top(one) === this.#top(other)
  }
}
