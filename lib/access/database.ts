import 'server-only'
import { type Client, connect, type Reader, readAs, type Writer, writeAs } from '@/db/client'
import { now } from '@/lib/clock'
import { env } from '@/lib/env'
import { Unavailable } from '@/lib/errors'

const READ_DEADLINE_MS = 5_000
const WRITE_DEADLINE_MS = 30_000

// On globalThis: a development server loads this file anew at each change, and must not open a pool each time.
const kept = globalThis as typeof globalThis & { licenseCentralPool?: Client }

/** The server's pool, as the role that row-level security binds. */
export function sql(): Client {
  kept.licenseCentralPool ??= connect(env().DATABASE_URL)
  return kept.licenseCentralPool
}

/** Reads as a person: row-level security derives their scope from the id alone. Rejects with Unavailable after 5 s. */
export function asUser<T>(person: { id: number }, work: (reader: Reader) => Promise<T>): Promise<T> {
  return within(READ_DEADLINE_MS, readAs(sql(), { userId: person.id, now: now() }, work))
}

/** For lib/changes/write.ts only: every other write would be one without an event. */
export function writeAsUser<T>(
  person: { id: number },
  work: (writer: Writer) => Promise<T>,
  deadlineMs = WRITE_DEADLINE_MS,
): Promise<T> {
  return within(deadlineMs, writeAs(sql(), { userId: person.id, now: now() }, work))
}

/** postgres.js waits for ever on a dead connection or a full pool; people do not. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable('The database did not answer in time.')), milliseconds)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}
