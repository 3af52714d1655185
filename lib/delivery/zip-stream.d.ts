// The package brings no types: what is used of it.
declare module 'zip-stream' {
  import type { Readable, Transform } from 'node:stream'

  class ZipStream extends Transform {
    constructor(options?: { level?: number; store?: boolean })
    /** One entry after the other: the next one when `done` was called. */
    entry(
      source: Readable | Buffer | string,
      data: { name: string; date?: Date },
      done: (error: Error | null, entry?: unknown) => void,
    ): this
    finalize(): void
  }

  export = ZipStream
}
