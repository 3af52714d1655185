import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { behindPages, letPagesFirst } from './pages-first'

const PIECE = Buffer.alloc(64 * 1024, 'x')
const LIST = '/accounts/corp.example/devices'

/** Rows without an end, or so many pieces of them; each piece is read when the one before it has been taken. */
function* pieces(count = Number.POSITIVE_INFINITY) {
  for (let at = 0; at < count; at++) yield PIECE
}

/** An export of so many pieces, and how many of them have come. */
function exported(count?: number) {
  const stream = Readable.from(pieces(count)).pipe(behindPages())
  const taken = { pieces: 0 }
  stream.on('data', ({ length }: Buffer) => {
    taken.pieces += length / PIECE.length
  })
  return { stream, taken, whole: new Promise((done) => stream.once('end', done)) }
}

/** A request as the server tells of it; gives what ends its answer. */
function asked(url: string): () => void {
  const response = new EventEmitter()
  letPagesFirst({ url } as IncomingMessage, response as unknown as ServerResponse)
  return () => response.emit('close')
}

test('while a page is drawn, all exports together go on slowly, and then at once, each whole', async () => {
  const drawn = [asked(LIST), asked(`${LIST}?page=2`)]
  const all = [0, 1, 2].map(() => exported(500))
  await sleep(300)
  const slow = all.reduce((sum, { taken }) => sum + taken.pieces, 0)
  expect(slow).toBeGreaterThan(3)
  expect(slow).toBeLessThan(60)
  for (const { taken } of all) expect(taken.pieces).toBeGreaterThan(0)
  drawn[0]?.()
  await sleep(250)
  expect(all.some(({ taken }) => taken.pieces === 500)).toBe(false)
  drawn[1]?.()
  await Promise.all(all.map(({ whole }) => whole))
  expect(all.map(({ taken }) => taken.pieces)).toEqual([500, 500, 500])
})

test('an export is behind no other one, and behind no file that is made or fetched', async () => {
  const ends = [asked(`${LIST}/export?format=csv`), asked('/accounts/corp.example/exports/1')]
  const { taken, whole } = exported(200)
  const started = performance.now()
  await whole
  // By the piece in 10 ms it would be two seconds.
  expect(performance.now() - started).toBeLessThan(1_000)
  expect(taken.pieces).toBe(200)
  for (const end of ends) end()
})

test('an export that nobody takes, and one that was given up, keep no other waiting', async () => {
  const drawn = asked(LIST)
  const stalled = Readable.from(pieces()).pipe(behindPages())
  const gone = Readable.from(pieces()).pipe(behindPages())
  await sleep(20)
  gone.destroy()
  const { whole } = exported(5)
  await whole
  drawn()
  stalled.destroy()
})
