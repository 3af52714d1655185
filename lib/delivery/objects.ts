import type { Readable } from 'node:stream'

/** A piece of an object, both ends included, from 0. */
export type Piece = { start: number; end: number }

/** An object that was opened: the size of all of it, and the bytes of the piece that was asked for. */
export type Opened = { size: number; body: Readable }

/** Where files are kept that are no rows. Keys are paths without `..`; what is there is never changed. */
export type ObjectStore = {
  /** The object of a key, or a piece of it; null where there is none. Whoever opens it reads it to its end or destroys it. */
  open(key: string, piece?: Piece): Promise<Opened | null>
  /** Adds an object. False where one is there already, which stays as it is. */
  add(key: string, bytes: Uint8Array): Promise<boolean>
  /** The keys that begin so, in their order. */
  list(prefix: string): Promise<string[]>
}

/** Whether a key may name an object: parts of letters, digits, `.`, `_` and `-`, none of which is only dots. */
export const isKey = (key: string): boolean =>
  key.length <= 1024 && key.split('/').every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part))
