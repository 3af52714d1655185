import 'server-only'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import ZipStream from 'zip-stream'
import { now } from '@/lib/clock'
import { checked, openStored, type Recorded, streamOf } from './answer'
import type { OrderFile } from './file-columns'
import { attachment, fileName, uniqueNames } from './file-names'

type Stored = Pick<OrderFile, 'title' | 'storageKey' | 'bytes' | 'sha256'>

/** Answers with the files as one zip, and their checksums beside them; null where it is refused. */
export async function answerZip(
  request: Request,
  title: string,
  files: readonly Stored[],
  record: Recorded,
): Promise<Response | null> {
  const headers = { 'content-type': 'application/zip', 'content-disposition': attachment(`${title}.zip`) }
  if (request.method === 'HEAD') return new Response(null, { headers })
  if (!(await record(false))) return null
  return new Response(zipOf(files), { headers })
}

/** Files as a zip that is made while it is read: one file is open at a time, and none is held in memory. */
export function zipOf(files: readonly Stored[]): ReadableStream<Uint8Array> {
  const zip = new ZipStream({ level: 1 })
  fill(zip, files).catch((error: unknown) => zip.destroy(error instanceof Error ? error : new Error(String(error))))
  return streamOf(zip, zip)
}

async function fill(zip: ZipStream, files: readonly Stored[]): Promise<void> {
  const names = uniqueNames([...files.map(({ title, storageKey }) => fileName(title, storageKey)), 'checksums.txt'])
  const sums: string[] = []
  for (const [index, file] of files.entries()) {
    const name = names[index] ?? ''
    const body = await openStored(file)
    if (zip.destroyed) return void body?.destroy()
    if (body) await added(zip, name, Readable.from(checked(body, file)), body)
    else await added(zip, `${name} is missing.txt`, Buffer.from('The store does not have this file as it should be.\n'))
    if (body) sums.push(`${file.sha256}  ${name}\n`)
  }
  await added(zip, names.at(-1) ?? 'checksums.txt', Buffer.from(sums.join('')))
  zip.finalize()
}

/** Adds an entry and waits for its end; whoever stops reading the zip closes `source` too. */
async function added(zip: ZipStream, name: string, entry: Readable | Buffer, source?: Readable): Promise<void> {
  const stopped = new AbortController()
  const gone = once(zip, 'close', { signal: stopped.signal }).then(() => {
    source?.destroy()
    throw new Error('delivery: the zip was not read to its end')
  })
  const done = new Promise<void>((resolve, reject) => {
    if (entry instanceof Readable) entry.once('error', reject)
    zip.entry(entry, { name, date: now() }, (error) => (error ? reject(error) : resolve()))
  })
  try {
    await Promise.race([done, gone])
  } finally {
    stopped.abort()
    gone.catch(() => undefined)
  }
}
