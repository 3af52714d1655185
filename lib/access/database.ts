import 'server-only'
import { Client as PlainClient } from 'pg'
import { type Client, connect, type Planning, type Reading, readAs, type Writer, writeAs } from '@/db/client'
import { now, today } from '@/lib/clock'
import { env } from '@/lib/env'
import { Unavailable } from '@/lib/errors'
import { outage } from './outage'
import { replica } from './replica'

const READ_DEADLINE_MS = 5_000
const WRITE_DEADLINE_MS = 30_000
/** After that long an answer is awaited further, and the database is looked at meanwhile. */
const SUSPICIOUS_MS = 2_000
const LOOK_MS = 2_000

// On globalThis: a development server loads this file anew at each change, and must not open a pool each time.
const kept = globalThis as typeof globalThis & { licenseCentralPool?: Client; licenseCentralSql?: Client }

function pool(): Client {
  kept.licenseCentralPool ??= connect(env().DATABASE_URL, { max: env().DATABASE_CONNECTIONS })
  return kept.licenseCentralPool
}

/**
 * The server's pool, as the role that row-level security binds. Whoever keeps it has the pool of the moment: after an
 * outage there is another one, because connections that hang are never given back.
 */
export function sql(): Client {
  kept.licenseCentralSql ??= new Proxy((() => undefined) as unknown as Client, {
    apply: (_, __, given) => Reflect.apply(pool() as unknown as (...all: unknown[]) => unknown, undefined, given),
    get: (_, name) => Reflect.get(pool(), name),
  })
  return kept.licenseCentralSql
}

/** Who reads. `writes` of a viewer: how often they wrote, where a replica may be read from. */
type Asking = { id: number; account?: { id: number }; writes?: number }

/**
 * Reads as a person: row-level security derives their scope from the id alone. What a viewer reads comes from the replica
 * where there is one that has all that they wrote, since their scope was asked of the database itself; `work` is done again
 * there when the replica fails. `planning` is how its statements are planned until `work` says otherwise. Rejects with
 * Unavailable after 5 s, sooner where its request has waited before.
 */
export async function asUser<T>(person: Asking, work: Reading<T>, planning: Planning = {}): Promise<T> {
  const { id, account, writes } = person
  const identity = { userId: id, now: now(), planning }
  if (account && writes !== undefined) {
    const read = await replica()?.read(identity, { writes, accountId: account.id, day: today() }, work)
    if (read) return read.result
  }
  return within(outage().patience(READ_DEADLINE_MS), (wanted) => readAs(sql(), identity, wanted(work)))
}

/** For lib/changes/write.ts only: every other write would be one without an event. */
export function writeAsUser<T>(
  person: { id: number },
  work: (writer: Writer) => Promise<T>,
  { deadlineMs = WRITE_DEADLINE_MS, asReading = false } = {},
): Promise<T> {
  const note = (writes: number) => replica()?.noteWrite(person.id, writes)
  const identity = { userId: person.id, now: now() }
  const deadline = asReading ? outage().patience(READ_DEADLINE_MS) : deadlineMs
  return within(deadline, (wanted) => writeAs(sql(), identity, wanted(work), note))
}

/** Lets work in a transaction begin only while somebody waits for it. */
type Wanted = <G extends unknown[], R>(work: (...given: G) => Promise<R>) => (...given: G) => Promise<R>

/**
 * Waits so long for the database. postgres.js waits for ever on a dead connection or a full pool; people do not. Rejects
 * with Unavailable where it does not answer in time, is away or found to be, or too many wait for it. What begins by being
 * made is given as a function, so that it does not begin in vain; what it does `wanted` is not begun when nobody waits for
 * it any more, as the pool's line goes on without those who were told so.
 */
export async function within<T>(
  milliseconds: number,
  work: PromiseLike<T> | ((wanted: Wanted) => PromiseLike<T>),
): Promise<T> {
  let giveUp: () => void = () => undefined
  let isGivenUp = false
  const inVain = new Promise<never>((_, reject) => {
    giveUp = () => {
      isGivenUp = true
      reject(new Unavailable('The database did not answer in time.'))
    }
  })
  const wanted: Wanted =
    (begin) =>
    async (...given) => {
      if (isGivenUp) throw new Unavailable('Nobody waits for this any more.')
      return begin(...given)
    }
  outage().stand(giveUp)
  const late = setTimeout(giveUp, milliseconds)
  const doubt = setTimeout(lookAtDatabase, SUSPICIOUS_MS)
  try {
    return await Promise.race([typeof work === 'function' ? work(wanted) : work, inVain])
  } catch (error) {
    const told = outage().told(error)
    if (told instanceof Unavailable) void lookAtDatabase()
    throw told
  } finally {
    clearTimeout(late)
    clearTimeout(doubt)
    outage().leave(giveUp)
  }
}

/** Whether the database answers, told within `milliseconds`; at once where it is known to be away. */
export async function isReachable(milliseconds: number): Promise<boolean> {
  if (outage().isAway) return false
  const asked = within(milliseconds, sql()`select 1`).then(() => true)
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, milliseconds, false).unref())
  return Promise.race([asked.catch(() => false), late])
}

const lookAtDatabase = (): Promise<boolean> => outage().suspect(look, replacePool)

/** By a connection of its own, as those of the pool may all hang, and by the driver that can be stopped at any moment. */
async function look(): Promise<boolean> {
  const client = new PlainClient({
    ...{ connectionString: env().DATABASE_URL, application_name: 'license-central look' },
    ...{ connectionTimeoutMillis: LOOK_MS, query_timeout: LOOK_MS },
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection
    stream.destroy()
  }
}

/**
 * The new one connects when it is needed. The old one is ended when nobody can wait for it any more: postgres.js writes to
 * sockets that are gone where a pool is ended under work.
 */
function replacePool(): void {
  const old = kept.licenseCentralPool
  delete kept.licenseCentralPool
  setTimeout(() => old?.end({ timeout: 0 }).catch(() => undefined), 2 * WRITE_DEADLINE_MS).unref()
}
