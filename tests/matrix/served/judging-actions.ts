import { seesAssets } from '../people'
import { type Acted, changedTables, Digests, eventsIn, post, type Sent } from './acting'
import type { Deed } from './actions'
import { alike, firstChange, NOBODY, without } from './judging'
import type { Visitor } from './visitors'
import type { World } from './world'

/** Ids of actions in the build, by their names in the sources. */
export type Ids = Readonly<Record<string, string>>

const AT_ONCE = 4
const FORGED: readonly Readonly<Record<string, string | null>>[] = [
  { origin: null },
  { origin: 'null' },
  { origin: 'http://evil.example' },
  { origin: 'http://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
]
const ELSEWHERE = ['/my/access', '/my/orders', '/sign-in', '/sign-out', '/']

/** Posts actions as everybody, and says what is otherwise than it should be. */
export class Judge {
  readonly problems: string[] = []
  tried = 0
  refused = 0
  readonly #digests: Digests
  /** Of all tables, as the last look has found them: nothing is done between two posts that could change them. */
  #now: ReadonlyMap<string, string> | undefined

  constructor(
    private readonly origin: string,
    private readonly world: World,
    private readonly ids: Ids,
    private readonly visitors: readonly Visitor[],
  ) {
    this.#digests = new Digests(world.owner)
  }

  async deed(action: string, deed: Deed): Promise<void> {
    const may = ({ somebody, isSignedIn }: Visitor) => somebody !== null && isSignedIn && deed.isAllowed(somebody)
    const kept = deed.changes.length === 0
    const refused = this.visitors.filter(
      (visitor) => !may(visitor) && (!deed.isOneOfMany || isIn(visitor, deed.domain)),
    )
    const allowed = this.visitors.filter(may)
    await this.#unchanged(deed.name, () => each(refused, (visitor) => this.#refusal(action, deed, visitor)))
    if (kept) await this.#unchanged(deed.name, () => each(allowed, (visitor) => this.#answer(action, deed, visitor)))
    else for (const visitor of allowed) await this.#change(action, deed, visitor)
  }

  /** What no page of the product sends is refused before anything is read of it. */
  async forgeries(action: string, deed: Deed): Promise<void> {
    const somebody = this.visitors.find((one) => one.somebody && one.isSignedIn && deed.isAllowed(one.somebody))
    const stranger = this.visitors.find(({ name }) => name === 'stranger@harbor.example')
    if (!somebody || !stranger) return
    await this.#unchanged(`forgeries of ${action}`, async () => {
      for (const headers of FORGED) {
        const { status } = await this.#post(action, deed, somebody, headers)
        if (status !== 403) this.problems.push(`${action} with ${JSON.stringify(headers)} answered ${status}, not 403`)
      }
      for (const path of ELSEWHERE) {
        const acted = await this.#post(action, { ...deed, path }, stranger)
        const { status, value } = acted
        // What everybody may do is answered to them wherever it is posted.
        const isGiven = value !== undefined && !deed.isForEverybody
        if (status >= 500 || isGiven) this.problems.push(`${action} posted to ${path} answered ${status}`)
        if (path !== '/sign-in') this.#leaks(`${action} posted to ${path}`, acted, stranger)
      }
    })
  }

  async #refusal(action: string, deed: Deed, visitor: Visitor): Promise<void> {
    const acted = await this.#post(action, deed, visitor)
    const what = `${visitor.name}, ${action}, ${deed.name}`
    this.refused++
    this.#leaks(what, { ...acted, body: without(acted.body, numbersOf(deed)) }, visitor)
    if (!(visitor.somebody && visitor.isSignedIn)) {
      const isSent = acted.status === 401 || acted.leadsTo === '/sign-in'
      if (!isSent || acted.value !== undefined) this.problems.push(`${what}: without a sign-in ${said(acted)}`)
      return
    }
    if (acted.status !== 404) this.problems.push(`${what}: it is not allowed, but ${said(acted)}`)
    // Whoever sees the account may know that it is there, and not what they may do in it.
    if (seesAssets(visitor.somebody, deed.domain) && deed.missing.path !== deed.path) return
    const difference = async (refused: Acted) => {
      const missing = await this.#post(action, deed.missing, visitor)
      const [here, there] = alike([refused.body, missing.body], [named(deed), named(deed.missing)])
      return refused.status !== missing.status || here !== there ? firstChange(there, here) : undefined
    }
    // The pieces of an answer may come in another order once: what tells one refusal from the other is there each time.
    const found = (await difference(acted)) && (await difference(await this.#post(action, deed, visitor)))
    if (found) this.problems.push(`${what}: refused otherwise than what does not exist: ${found}`)
  }

  async #answer(action: string, deed: Deed, visitor: Visitor): Promise<void> {
    const acted = await this.#post(action, deed, visitor)
    const what = `${visitor.name}, ${action}, ${deed.name}`
    const found = await deed.read(acted, this.#sightOf(visitor))
    if (acted.status !== 200) found.push(`it is allowed, but ${said(acted)}`)
    this.problems.push(...found.map((text) => `${what}: ${text}`))
    this.#leaks(what, { ...acted, body: without(acted.body, sentWords(deed)) }, visitor)
  }

  /** Somebody who may: what it changes, and that it leaves its event and nothing else. */
  async #change(action: string, deed: Deed, visitor: Visitor): Promise<void> {
    const { first } = deed
    const begun = first && (await this.#post(first.action, first, visitor))
    if (begun) this.#now = undefined
    const args = first ? first.argsFrom(begun?.leadsTo ?? '') : (deed.argsOf?.() ?? deed.args)
    const { keeps } = deed
    const others = async () => keeps && JSON.stringify(await this.#rows(keeps(this.#sightOf(visitor))))
    const [before, theirs] = [await this.#before(), await others()]
    await this.#answer(action, { ...deed, args }, visitor)
    const after = await this.#look()
    const wrong = changedTables(before, after).filter((name) => !deed.changes.includes(name))
    const left = eventsIn(after) - eventsIn(before)
    const what = `${visitor.name}, ${action}, ${deed.name}`
    if (wrong.length > 0) this.problems.push(`${what}: it changed ${wrong.join(', ')}`)
    if (left !== deed.events) this.problems.push(`${what}: it left ${left} events, not ${deed.events}`)
    if (theirs !== (await others())) this.problems.push(`${what}: it changed rows of others`)
  }

  async #unchanged(what: string, work: () => Promise<unknown>): Promise<void> {
    const before = await this.#before()
    await work()
    const changed = changedTables(before, await this.#look())
    if (changed.length > 0) this.problems.push(`${what}: what was refused or only read changed ${changed.join(', ')}`)
  }

  async #post(action: string, sent: Sent, visitor: Visitor, headers?: Readonly<Record<string, string | null>>) {
    this.tried++
    return post(this.origin, this.ids[action] ?? '', sent, visitor, headers)
  }

  #leaks(what: string, { body, leadsTo, at }: Acted, { somebody }: Visitor): void {
    // The personas of the demo are on the sign-in page.
    if (leadsTo === '/sign-in') return
    this.problems.push(...this.world.words.leaks(body, somebody, at).map((text) => `${what}: ${text}`))
  }

  #sightOf = ({ somebody }: Visitor) => this.world.sights.get(somebody?.email ?? '') ?? NOBODY
  #before = async () => this.#now ?? this.#look()
  async #look(): Promise<ReadonlyMap<string, string>> {
    this.#now = await this.#digests.take()
    return this.#now
  }
  #rows = (from: string) => this.world.owner.unsafe(`select md5(t::text) as sum from ${from} order by 1`)
}

/** What was typed into a form is no news when it comes back. */
const sentWords = ({ form = {} }: Sent) =>
  Object.values(form)
    .flatMap((value) => (typeof value === 'string' ? value.split(/\s+/) : []))
    .join('/')
/** The number in the address that was posted to is no news when that address comes back. */
const numbersOf = ({ path }: Sent) =>
  path
    .split('/')
    .filter((part) => /^\d+$/.test(part))
    .join('/')
/** What a deed names in its address and arguments. */
const named = ({ path, args }: Sent) => [path, ...args.filter((one) => typeof one !== 'object')].join('/')
const isIn = ({ somebody }: Visitor, domain: string) => somebody !== null && seesAssets(somebody, domain)
const said = ({ status, leadsTo }: Acted) => `it answered ${status} ${leadsTo}`

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const one = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}
