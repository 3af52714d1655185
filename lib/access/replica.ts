import 'server-only'
import { type Client, connect, type Identity, type Needs, type Reading, readOnReplica } from '@/db/client'
import { env } from '@/lib/env'

/** The replica lacks no more than what was written in so many milliseconds; else the database itself is read. */
const BEHIND_AT_MOST_MS = 5_000
const SAMPLE_MS = 500
const SAMPLES = (2 * BEHIND_AT_MOST_MS) / SAMPLE_MS
/** Whoever waited so long for the replica is read to by the database itself, which has as long again. */
const DEADLINE_MS = 3_000
/** After that it is not asked for so long. */
const REST_MS = 2_000
const PEOPLE = 10_000

type Sample = { at: number; position: string }

/**
 * The replica that pages are read from: never a state older than a person's own last write, nor than some seconds. What it
 * cannot give now, the database itself is asked for; nobody is told of its failures.
 */
class Replica {
  readonly #written = new Map<number, number>()
  #samples: Sample[] = []
  #client: Client | undefined
  #restsUntil = 0

  constructor(readonly url: string) {}

  /** The end of the log of the database itself at this moment, as a request has just been told. */
  notePosition(position: string, at = performance.now()): void {
    const last = this.#samples.at(-1)
    if (last && at - last.at < SAMPLE_MS) return
    this.#samples = [...this.#samples.slice(-SAMPLES), { at, position }]
  }

  /** A write that this process has committed meanwhile: a viewer who was asked for before it does not know of it. */
  noteWrite(userId: number, writes: number): void {
    this.#written.delete(userId)
    this.#written.set(userId, writes)
    const [oldest] = this.#written.keys()
    if (this.#written.size > PEOPLE && oldest !== undefined) this.#written.delete(oldest)
  }

  /** What it must have to be read from for somebody; null while it is not to be asked at all. */
  needsOf(userId: number, needs: Omit<Needs, 'position'>): Needs | null {
    const position = this.#positionNeeded(performance.now())
    if (!position || performance.now() < this.#restsUntil) return null
    return { ...needs, writes: Math.max(needs.writes, this.#written.get(userId) ?? 0), position }
  }

  /** Null where the database itself is to be asked. */
  async read<T>(
    identity: Identity & { userId: number },
    needs: Omit<Needs, 'position'>,
    work: Reading<T>,
  ): Promise<{ result: T } | null> {
    const all = this.needsOf(identity.userId, needs)
    if (!all) return null
    this.#client ??= connect(this.url)
    try {
      return await inTime(readOnReplica(this.#client, identity, all, work))
    } catch (error) {
      if (isOfWork(error)) return null
      this.#rest(error)
      return null
    }
  }

  /** What it must have of the log: all that the database had some seconds ago, as far as this process knows that. */
  #positionNeeded(now: number): string | undefined {
    const known = this.#samples.filter(({ at }) => now - at < 2 * BEHIND_AT_MOST_MS)
    return (known.findLast(({ at }) => now - at >= BEHIND_AT_MOST_MS) ?? known[0])?.position
  }

  /** Connections may hang for ever: the next time has others. */
  #rest(error: unknown): void {
    const { message } = error as Error
    if (performance.now() >= this.#restsUntil)
      console.error(`replica: it is not read from for ${REST_MS / 1000} s: ${message}`)
    this.#restsUntil = performance.now() + REST_MS
    const old = this.#client
    this.#client = undefined
    setTimeout(() => old?.end({ timeout: 0 }).catch(() => undefined), 2 * DEADLINE_MS).unref()
  }
}

class TooLate extends Error {}

function inTime<T>(reading: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new TooLate('It did not answer in time.')), DEADLINE_MS)
  })
  return Promise.race([reading, deadline]).finally(() => clearTimeout(late))
}

/** Connections that break or are never made, a server that starts or ends. */
const LOST =
  /^(CONNECTION_\w+|CONNECT_TIMEOUT|E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)|08\w{3}|57P0\d|53300|28\w{3}|3D000)$/

/**
 * Whether what failed is the reading and not the replica: a row that is not there yet, a snapshot that stood in the way
 * of what the replica had to take over. The database itself tells what is the case.
 */
function isOfWork(error: unknown): boolean {
  if (error instanceof TooLate) return false
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } }
  return ![code, cause?.code].some((one) => typeof one === 'string' && LOST.test(one))
}

// On globalThis: a development server loads this file anew at each change, and must not open a pool each time.
const kept = globalThis as typeof globalThis & { licenseCentralReplica?: Replica }

/** The replica of DATABASE_REPLICA_URL; undefined where there is none. */
export function replica(): Replica | undefined {
  const url = env().DATABASE_REPLICA_URL
  if (url) kept.licenseCentralReplica ??= new Replica(url)
  return kept.licenseCentralReplica
}
