import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Transform } from 'node:stream'
import { isTableFile } from '@/lib/paths'

/** While a page is drawn, all exports together go on by so many bytes in a millisecond: they cost it little, and they end. */
const BYTES_BESIDE_PAGES = 5_000

/** A page is still waited for so long after it has left the server: it is on its way, and what it needs is asked for next. */
const ARRIVES_MS = 200

type Waiting = { bytes: number; go: () => void }

/** Whether what exports have read goes on. Where nobody waits for a page it always does, at once. */
class Gate {
  #pages = 0
  #timer: NodeJS.Timeout | undefined
  readonly #waiting: Waiting[] = []

  /** A page is drawn, until what is returned is called. */
  drawing(): () => void {
    this.#pages++
    return () => {
      setTimeout(() => this.#arrived(), ARRIVES_MS).unref()
    }
  }

  #arrived(): void {
    this.#pages--
    while (this.#pages === 0 && this.#waiting.length > 0) this.#waiting.shift()?.go()
  }

  pass(bytes: number, go: () => void): void {
    if (this.#pages === 0) go()
    else {
      this.#waiting.push({ bytes, go })
      this.#wait()
    }
  }

  // Each waits as long as it is large, behind those that came before it.
  #wait(): void {
    const [next] = this.#waiting
    if (!next || this.#timer) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#waiting.shift()?.go()
      this.#wait()
    }, next.bytes / BYTES_BESIDE_PAGES)
  }
}

// On globalThis: each route has this file of its own.
const kept = globalThis as typeof globalThis & { licenseCentralExportGate?: Gate }

function gate(): Gate {
  kept.licenseCentralExportGate ??= new Gate()
  return kept.licenseCentralExportGate
}

/** Told of each request, at its beginning: all but tables as files are waited for by somebody. */
export function letPagesFirst({ url = '/' }: IncomingMessage, response: ServerResponse): void {
  const [path = '/'] = url.split('?')
  if (!isTableFile(path)) response.once('close', gate().drawing())
}

/** Lets the rows of an export through, behind the pages of this server. */
export const behindPages = (): Transform =>
  new Transform({ transform: (chunk: Buffer, _, done) => gate().pass(chunk.length, () => done(null, chunk)) })
