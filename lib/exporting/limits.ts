import 'server-only'
import { sql, within } from '@/lib/access/database'
import { AT_ONCE } from './copy'
import { LARGE_ROWS } from './formats'

/** More exports than this server or this person makes now; `seconds` until it is worth another try. */
export class TooManyExports extends Error {
  constructor(
    message: string,
    readonly seconds: number,
  ) {
    super(message)
  }
}

const HOUR_SECONDS = 60 * 60
const LARGE_AN_HOUR = 20
const SMALL_AN_HOUR = 600

// On globalThis: each route has this file of its own.
const kept = globalThis as typeof globalThis & { licenseCentralExportsRunning?: number }
const running = (change: number) => {
  kept.licenseCentralExportsRunning = (kept.licenseCentralExportsRunning ?? 0) + change
  return kept.licenseCentralExportsRunning
}

/** A place among the exports of this server, until it is given back. Throws TooManyExports. */
export function takePlace(): () => void {
  if (running(0) >= AT_ONCE)
    throw new TooManyExports('Too many exports are being made at this moment. Try again in some seconds.', 10)
  running(1)
  let isHeld = true
  return () => {
    if (isHeld) running(-1)
    isHeld = false
  }
}

/** Counts an export of so many rows of a person. Rejects with TooManyExports. */
export async function countExport(person: { id: number }, rows: number): Promise<void> {
  const isLarge = rows > LARGE_ROWS
  const [key, most] = isLarge ? [`export-large:${person.id}`, LARGE_AN_HOUR] : [`export:${person.id}`, SMALL_AN_HOUR]
  const [row] = await within(
    5_000,
    sql()<{ allowed: boolean }[]>`select app.take_attempt(${key}, ${most}, ${HOUR_SECONDS}) as allowed`,
  )
  if (row?.allowed) return
  const seconds = HOUR_SECONDS - (Math.floor(Date.now() / 1000) % HOUR_SECONDS)
  const what = isLarge ? `${LARGE_AN_HOUR} large exports` : `${SMALL_AN_HOUR} exports`
  throw new TooManyExports(
    `You have made ${what} in this hour, which is the limit. Try again in the next one.`,
    seconds,
  )
}
