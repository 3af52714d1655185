import type { Piece } from './objects'

/** What a request wants of a file: all of it, a piece, nothing new, or a piece that it does not have. */
export type Wanted = { status: 200 } | { status: 206; piece: Piece } | { status: 304 } | { status: 416 }

type Asked = { range: string | null; ifRange: string | null; ifNoneMatch: string | null }

/** What is asked of a file of this size and strong ETag (RFC 9110, 13 and 14). Several ranges at once are answered by all of it. */
export function wantedOf(
  { range, ifRange, ifNoneMatch }: Asked,
  { size, etag }: { size: number; etag: string },
): Wanted {
  if (ifNoneMatch && matches(ifNoneMatch, etag)) return { status: 304 }
  if (ifRange !== null && ifRange.trim() !== etag) return { status: 200 }
  return pieceOf(range?.trim() ?? '', size)
}

function pieceOf(range: string, size: number): Wanted {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range) ?? []
  if (from === '') return to === '' ? { status: 200 } : lastBytes(Number(to), size)
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return { status: 200 }
  return start >= size ? { status: 416 } : { status: 206, piece: { start, end } }
}

const lastBytes = (count: number, size: number): Wanted =>
  count === 0 || size === 0
    ? { status: 416 }
    : { status: 206, piece: { start: Math.max(0, size - count), end: size - 1 } }

const matches = (list: string, etag: string) =>
  list.trim() === '*' || list.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
