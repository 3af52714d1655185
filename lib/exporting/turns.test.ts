import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { inTurn } from './turns'

const PIECE = Buffer.alloc(64 * 1024, 'x')
/** Rows without an end, or so many pieces of them. */
function* pieces(count = Number.POSITIVE_INFINITY) {
  for (let at = 0; at < count; at++) yield PIECE
}

async function sizeOf(count: number, onPiece: () => void = () => undefined): Promise<number> {
  let size = 0
  await pipeline(Readable.from(pieces(count)), inTurn(), async (rows) => {
    for await (const piece of rows) {
      size += piece.length
      onPiece()
    }
  })
  return size
}

test('exports take turns, and each comes whole', async () => {
  const order: number[] = []
  const sizes = await Promise.all([0, 1, 2].map((who) => sizeOf(3_000, () => order.push(who))))
  expect(sizes).toEqual([0, 1, 2].map(() => 3_000 * PIECE.length))
  const changes = order.filter((who, at) => at > 0 && who !== order[at - 1]).length
  // By the piece they would change some thousand times.
  expect(changes).toBeLessThan(1_000)
})

test('an export that nobody takes, and one that was given up, keep no other waiting', async () => {
  const stalled = Readable.from(pieces()).pipe(inTurn())
  const gone = Readable.from(pieces()).pipe(inTurn())
  gone.destroy()
  expect(await sizeOf(100)).toBe(100 * PIECE.length)
  stalled.destroy()
})
