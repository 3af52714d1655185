import 'server-only'
import { Readable } from 'node:stream'
import { demoBytes } from '@/db/seed/demo-files'
import type { ObjectStore } from './objects'

/** A store that has the files of the demo besides, made as they are asked for (db/seed/demo-files.ts). */
export function demoStore(own: ObjectStore): ObjectStore {
  return {
    ...own,
    async open(key, piece) {
      const bytes = demoBytes(key)
      if (!bytes) return own.open(key, piece)
      return {
        size: bytes.length,
        body: Readable.from(piecesOf(piece ? bytes.subarray(piece.start, piece.end + 1) : bytes)),
      }
    },
  }
}

const PIECE = 64 * 1024

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE)
}
