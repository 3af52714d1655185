import 'server-only'
import { Transform } from 'node:stream'

/** So long the rows of one export flow while others wait, and so long nobody's do then: pages are drawn meanwhile. */
const TURN_MS = 50
const REST_MS = 50

type Waiting = { who: object; go: () => void }

/** Whose rows flow. Alone, an export is never stopped; several take turns, and together cost pages no more than one does. */
class Turns {
  #holder: object | undefined
  readonly #waiting: Waiting[] = []

  /** Goes on when it is their turn, which may be now. */
  await(who: object, go: () => void): void {
    const isFree = !this.#holder && this.#waiting.length === 0
    if (isFree) this.#begin(who)
    if (this.#holder === who) go()
    else this.#waiting.push({ who, go })
  }

  // Ended by the clock: whose file is taken slowly keeps nobody waiting.
  #begin(who: object): void {
    this.#holder = who
    setTimeout(() => this.#end(), TURN_MS).unref()
  }

  #end(): void {
    this.#holder = undefined
    if (this.#waiting.length > 0) setTimeout(() => this.#next(), REST_MS)
  }

  #next(): void {
    const next = this.#waiting.shift()
    if (!next) return
    this.#begin(next.who)
    next.go()
  }
}

// On globalThis: each route has this file of its own.
const kept = globalThis as typeof globalThis & { licenseCentralExportTurns?: Turns }

/** Lets through what comes, when it is its turn among the exports of this server. */
export function inTurn(): Transform {
  kept.licenseCentralExportTurns ??= new Turns()
  const turns = kept.licenseCentralExportTurns
  const me = {}
  return new Transform({
    transform: (chunk, _, done) => turns.await(me, () => done(null, chunk)),
  })
}
