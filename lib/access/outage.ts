import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { Unavailable } from '@/lib/errors'

/** What became of one request, and when it first asked the database for something. */
export type Outcome = { isUnavailable: boolean; askedAt?: number }

/** So many pieces of work at most stand in line for the pool: ten times what it does at once. Who comes then is told at once. */
const WAITING_AT_MOST = 120
const LOOK_AGAIN_MS = 400
/** What reads for a request reads no longer than this after it began to, but for half a second each: people do not wait twice. */
const REQUEST_MS = 5_000
const LEAST_MS = 500

// Connections that are refused, closed or never made, a server that starts, ends or is full, a statement that took too long.
const LOST =
  /^(CONNECTION_(CLOSED|DESTROYED|ENDED)|CONNECT_TIMEOUT|E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)|08\w{3}|57P0\d|57014|53300)$/

/** What a process knows of its database: whether it is away, how many wait for it, and which requests it failed. */
class Outage {
  #isAway = false
  #looking: Promise<boolean> | undefined
  /** How those who wait are told that they need not any more. */
  readonly #waiting = new Set<() => void>()
  readonly #outcomes = new AsyncLocalStorage<Outcome>()

  /** Whether it is known to be away: everything that needs it is answered at once until it is back. */
  get isAway(): boolean {
    return this.#isAway
  }

  /** Begins a request: what fails in it is told to `outcome`. */
  begin(outcome: Outcome): void {
    this.#outcomes.enterWith(outcome)
  }

  /**
   * Lets work stand in line; `giveUp` is called when the database is found to be away. Throws Unavailable where it is
   * already, or too many wait.
   */
  stand(giveUp: () => void): void {
    if (this.#isAway || this.#waiting.size >= WAITING_AT_MOST) throw this.#failed()
    const outcome = this.#outcomes.getStore()
    if (outcome) outcome.askedAt ??= performance.now()
    this.#waiting.add(giveUp)
  }

  /** How long a piece of reading may take, of so many milliseconds that it has by itself. */
  patience(milliseconds: number): number {
    const { askedAt } = this.#outcomes.getStore() ?? {}
    if (askedAt === undefined) return milliseconds
    return Math.min(milliseconds, Math.max(LEAST_MS, askedAt + REQUEST_MS - performance.now()))
  }

  leave(giveUp: () => void): void {
    this.#waiting.delete(giveUp)
  }

  /** An error as whoever asked is told of it: what comes of an outage is Unavailable, everything else stays what it is. */
  told(error: unknown): unknown {
    if (error instanceof Unavailable) return this.#failed()
    const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } }
    return [code, cause?.code].some((one) => typeof one === 'string' && LOST.test(one)) ? this.#failed() : error
  }

  /**
   * Something took long or broke: looks at the database by a connection of its own. Where that fails too, it is away:
   * `onAway` is called once, whoever waits is told, and it is looked at again and again until it is back.
   */
  suspect(look: () => Promise<boolean>, onAway: () => void): Promise<boolean> {
    const safe = () => look().catch(() => false)
    this.#looking ??= safe().then((isThere) => {
      this.#looking = undefined
      if (!isThere) this.#stayAway(look, onAway)
      else if (this.#isAway) console.error('database: it answers again')
      this.#isAway = !isThere
      return isThere
    })
    return this.#looking
  }

  #stayAway(look: () => Promise<boolean>, onAway: () => void): void {
    setTimeout(() => this.#isAway && void this.suspect(look, onAway), LOOK_AGAIN_MS).unref()
    if (this.#isAway) return
    console.error('database: it does not answer; requests are answered with 503 until it does')
    onAway()
    for (const giveUp of this.#waiting) giveUp()
  }

  /** The database failed the request under way: whatever is drawn of it, it is answered with 503. */
  #failed(): Unavailable {
    const outcome = this.#outcomes.getStore()
    if (outcome) outcome.isUnavailable = true
    return new Unavailable('The database did not answer in time.')
  }
}

// On globalThis: middleware, pages and the start of the server are built apart and must know the same.
const kept = globalThis as typeof globalThis & { licenseCentralOutage?: Outage }

export function outage(): Outage {
  kept.licenseCentralOutage ??= new Outage()
  return kept.licenseCentralOutage
}
