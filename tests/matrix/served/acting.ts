import type { Sql } from 'postgres'
import { PLAIN } from './reading'
import type { Visitor } from './visitors'

/** What is sent to a server action: its arguments as JSON, and the form that the last of them is. */
export type Sent = { path: string; args: readonly unknown[]; form?: Readonly<Record<string, string | File>> }

/**
 * What came back: `leadsTo` is where the action sends on to, `at` the page that the answer draws, `value` what the action
 * gave, undefined where it gave nothing.
 */
export type Acted = { status: number; leadsTo: string; at: string; value: unknown; body: string }

/** Posts an action as a browser does. `headers` stand beside the usual ones, or in their place; null leaves one out. */
export async function post(
  origin: string,
  id: string,
  { path, args, form }: Sent,
  { cookie }: Pick<Visitor, 'cookie'>,
  headers: Readonly<Record<string, string | null>> = {},
): Promise<Acted> {
  const usual = {
    ...PLAIN,
    origin,
    'next-action': id,
    cookie,
    ...(!form && { 'content-type': 'text/plain;charset=UTF-8' }),
  }
  const sent = Object.entries({ ...usual, ...headers }).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const answer = await fetch(origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: sent as [string, string][],
    body: form ? formOf(args, form) : JSON.stringify(args),
  })
  const body = await answer.text()
  const [leadsTo = ''] = (answer.headers.get('x-action-redirect') ?? answer.headers.get('location') ?? '').split(';')
  // An action that draws the page anew sends pieces of it before the value.
  const [, given] = /^0:\{"a":"\$@1".*\n(?:.*\n)*?1:(.*)$/m.exec(body) ?? []
  const isValue = given !== undefined && /^[[{"\dntf]/.test(given)
  const [at = ''] = (leadsTo || path).split('#')
  return { status: answer.status, leadsTo, at, value: isValue ? JSON.parse(given) : undefined, body }
}

function formOf(args: readonly unknown[], fields: Readonly<Record<string, string | File>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(`_1_${name}`, value)
  form.append('0', JSON.stringify([...args, '$K1']))
  return form
}

/** What counts devices, kept by triggers. */
export const DEVICE_ROLLUPS = ['device_cube', 'device_products', 'device_coverage', 'device_kinds']

/** What support leaves by looking at a page is no change of what it looks at. */
const TRAIL = `t.type <> 'support-access.used'`

/**
 * Every table by the number and a sum of its rows, apart from when a session was last seen, how often a person wrote, and
 * the trail of support. Whatever is written to a row makes another version of it: where they are the same versions as at
 * the last look, in the same places, the rows are not read again.
 */
export class Digests {
  #tables: Promise<readonly string[]> | undefined
  readonly #kept = new Map<string, { versions: string; sum: string }>()

  constructor(private readonly owner: Sql) {}

  async take(): Promise<Map<string, string>> {
    this.#tables ??= tablesOf(this.owner)
    const tables = await this.#tables
    const found = await this.#sums(tables, 'hashtidextended(t.ctid, t.xmin::text::bigint)')
    const versions = new Map(found.map(({ name, sum }) => [name, sum]))
    const touched = tables.filter((name) => this.#kept.get(name)?.versions !== versions.get(name))
    for (const { name, sum } of await this.#sums(touched, 'hashtextextended(t::text, 0)'))
      this.#kept.set(name, { versions: versions.get(name) ?? '', sum })
    return new Map(tables.map((name) => [name, this.#kept.get(name)?.sum ?? '']))
  }

  async #sums(tables: readonly string[], hash: string): Promise<{ name: string; sum: string }[]> {
    const sums = tables.map(
      (name) => `select '${name}' as name, count(*) || ' ' || coalesce(sum(${hash}), 0) as sum
        from ${name} t ${['events', 'event_cube'].includes(name) ? `where ${TRAIL}` : ''}`,
    )
    return sums.length > 0 ? this.owner.unsafe(sums.join(' union all '), [], { prepare: true }) : []
  }
}

export const digestOf = (owner: Sql) => new Digests(owner).take()

async function tablesOf(owner: Sql): Promise<readonly string[]> {
  const tables = await owner<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('sessions', 'person_writes') order by 1`
  return tables.map(({ name }) => name)
}

/** How many events there were, without the trail of support. */
export const eventsIn = (digest: ReadonlyMap<string, string>) => Number(digest.get('events')?.split(' ')[0])

/** The tables that differ. */
export const changedTables = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...after.keys()].filter((name) => after.get(name) !== before.get(name))
