import 'server-only'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { and, asc, between, desc, eq, gte, lte, sql } from 'drizzle-orm'
import ZipStream from 'zip-stream'
import { events } from '@/db/schema/changes'
import { asUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { streamOf } from '@/lib/delivery/answer'
import { attachment } from '@/lib/delivery/file-names'
import { env } from '@/lib/env'
import { fingerprint, publicKeyText, signed } from './signing'
import { write } from './write'

/** Which events, both ends included, by their numbers. */
export type EventRange = { from: number; to: number }

const BATCH = 1_000

/** The public key that exports are signed with, and its fingerprint; null where the installation has none. */
export function exportKey(): { pem: string; fingerprint: string } | null {
  const seed = env().EVENT_SIGNING_KEY
  if (!seed) return null
  const pem = publicKeyText(seed)
  return { pem, fingerprint: fingerprint(pem) }
}

/**
 * The events of a range, signed, as a zip that is verified without a database: `npm run events:verify-export`. Leaves an
 * event itself. Null for whoever does not see the whole account, where nothing signs, and where there is no such event.
 */
export async function exportSigned(viewer: Viewer, { from, to }: EventRange): Promise<Response | null> {
  const seed = env().EVENT_SIGNING_KEY
  if (!(seed && viewer.scope.kind === 'account' && can(viewer, 'export'))) return null
  const last = await lastOf(viewer, { from, to })
  if (last === null) return null
  const range = { from, to: last }
  await write(viewer, { permission: 'export' }, async () => ({
    result: null,
    events: [{ type: 'events.exported', subject: 'event', virtualAccountIds: [], detail: range }],
  }))
  const zip = new ZipStream({ level: 1 })
  fill(zip, viewer, range, seed).catch((error: unknown) =>
    zip.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  const name = `events ${viewer.account.domain} ${range.from}-${range.to}.zip`
  return new Response(streamOf(zip, zip), {
    headers: { 'content-type': 'application/zip', 'content-disposition': attachment(name) },
  })
}

const lastOf = async (viewer: Viewer, { from, to }: EventRange): Promise<number | null> => {
  const [last] = await asUser(viewer, (reader) =>
    reader
      .select({ seq: events.seq })
      .from(events)
      .where(and(eq(events.smartAccountId, viewer.account.id), between(events.seq, from, to)))
      .orderBy(desc(events.seq))
      .limit(1),
  )
  return last?.seq ?? null
}

async function fill(zip: ZipStream, viewer: Viewer, range: EventRange, seed: Buffer): Promise<void> {
  const hash = createHash('sha256')
  const ends = { count: 0, previous: '', hash: '' }
  await added(zip, 'events.jsonl', Readable.from(linesOf(viewer, range, hash, ends)))
  const manifest = `${JSON.stringify(
    {
      account: viewer.account.domain,
      ...{ ...range, count: ends.count, previous: ends.previous, hash: ends.hash },
      ...{ sha256: hash.digest('hex'), madeAt: now().toISOString(), key: fingerprint(publicKeyText(seed)) },
    },
    null,
    2,
  )}\n`
  await added(zip, 'manifest.json', Buffer.from(manifest))
  await added(zip, 'manifest.sig', Buffer.from(`${signed(manifest, seed)}\n`))
  await added(zip, 'public-key.pem', Buffer.from(publicKeyText(seed)))
  zip.finalize()
}

type Ends = { count: number; previous: string; hash: string }

/** One line an event: what its hash covers as text, that hash, and the one before it. */
async function* linesOf(viewer: Viewer, { from, to }: EventRange, hash: ReturnType<typeof createHash>, ends: Ends) {
  for (let next = from; next <= to; ) {
    const rows = await asUser(viewer, (reader) =>
      reader
        .select({
          seq: events.seq,
          text: sql<string>`app.event_text(${events})`,
          previous: sql<string>`coalesce(encode(${events.previousHash}, 'hex'), '')`,
          hash: sql<string>`encode(${events.hash}, 'hex')`,
        })
        .from(events)
        .where(and(eq(events.smartAccountId, viewer.account.id), gte(events.seq, next), lte(events.seq, to)))
        .orderBy(asc(events.seq))
        .limit(BATCH),
    )
    for (const row of rows) {
      if (ends.count++ === 0) ends.previous = row.previous
      ends.hash = row.hash
      const line = `${JSON.stringify({ seq: row.seq, previous: row.previous, hash: row.hash, event: row.text })}\n`
      hash.update(line)
      yield line
    }
    const last = rows.at(-1)
    if (!last) return
    next = last.seq + 1
  }
}

async function added(zip: ZipStream, name: string, source: Readable | Buffer): Promise<void> {
  const stopped = new AbortController()
  const gone = once(zip, 'close', { signal: stopped.signal }).then(() => {
    if (source instanceof Readable) source.destroy()
    throw new Error('events: the export was not read to its end')
  })
  gone.catch(() => undefined)
  const done = new Promise<void>((resolve, reject) => {
    if (source instanceof Readable) source.once('error', reject)
    zip.entry(source, { name, date: now() }, (error) => (error ? reject(error) : resolve()))
  })
  try {
    await Promise.race([done, gone])
  } finally {
    stopped.abort()
  }
}
