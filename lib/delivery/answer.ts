import 'server-only'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { OrderFile } from './file-columns'
import { attachment, contentType, fileName } from './file-names'
import { wantedOf } from './ranges'
import { store } from './store'

type Stored = Pick<OrderFile, 'title' | 'storageKey' | 'bytes' | 'sha256'>
/** Called before the first byte leaves, with whether it is a later piece of a download that has begun; false refuses it. */
export type Recorded = (isLaterPiece: boolean) => Promise<boolean>

const plain = (status: number, text: string) =>
  new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })

const named = (name: string) => ({
  'content-type': contentType(name),
  'content-disposition': attachment(name),
})

/**
 * Answers a request for a file: all of it, the piece that is asked for, or that nothing changed. Its ETag and its digest
 * are the checksum of the row. Null where it is refused. The bytes are read as fast as the other end takes them; what it leaves behind is closed.
 */
export async function answerFile(request: Request, file: Stored, record: Recorded): Promise<Response | null> {
  const { headers, method } = request
  const etag = `"${file.sha256}"`
  const wanted = wantedOf(
    { range: headers.get('range'), ifRange: headers.get('if-range'), ifNoneMatch: headers.get('if-none-match') },
    { size: file.bytes, etag },
  )
  const about = { etag, 'accept-ranges': 'bytes' }
  if (wanted.status === 304) return new Response(null, { status: 304, headers: about })
  if (wanted.status === 416)
    return new Response(null, { status: 416, headers: { ...about, 'content-range': `bytes */${file.bytes}` } })
  const piece = wanted.status === 206 ? wanted.piece : undefined
  const length = piece ? piece.end - piece.start + 1 : file.bytes
  const all = {
    ...about,
    ...named(fileName(file.title, file.storageKey)),
    'content-length': String(length),
    'repr-digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
    ...(piece && { 'content-range': `bytes ${piece.start}-${piece.end}/${file.bytes}` }),
  }
  if (method === 'HEAD') return new Response(null, { status: wanted.status, headers: all })
  const opened = await openStored(file, piece)
  if (!opened) return plain(500, 'The file is not in the store as it should be. Tell whoever runs this installation.')
  try {
    if (!(await record((piece?.start ?? 0) > 0))) {
      opened.destroy()
      return null
    }
  } catch (error) {
    opened.destroy()
    throw error
  }
  const body = streamOf(opened, piece ? opened : checked(opened, file))
  return new Response(body, { status: wanted.status, headers: all })
}

/** The bytes of a stored file; null, and a line for the operator, where the store has none or others. */
export async function openStored(
  { storageKey, bytes }: Stored,
  piece?: { start: number; end: number },
): Promise<Readable | null> {
  const opened = await store().open(storageKey, piece)
  if (opened?.size === bytes) return opened.body
  opened?.body.destroy()
  console.error(`delivery: ${storageKey.slice(0, 80)} has ${opened?.size ?? 'no'} bytes in the store, not ${bytes}`)
  return null
}

/** The same bytes; the last of them only when the checksum of all is right. Throws otherwise: what was sent stays unfinished. */
export async function* checked(body: Readable, { sha256, storageKey }: Stored): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let held: Buffer | undefined
  for await (const piece of body as AsyncIterable<Buffer>) {
    hash.update(piece)
    if (held) yield held
    held = piece
  }
  if (hash.digest('hex') !== sha256) throw new Error(`delivery: ${storageKey.slice(0, 80)} has another checksum`)
  if (held) yield held
}

/** `pieces` as the body of an answer, one when the other end has taken the last; `source` is closed when that goes away. */
export function streamOf(source: Readable, pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const reading = pieces[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reading.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel() {
        source.destroy()
      },
    },
    { highWaterMark: 0 },
  )
}
