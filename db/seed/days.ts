// A calendar day is a whole number, days since 1970-01-01, so that it can be calculated with.

const MS = 86_400_000
const texts = new Map<number, string>()

/** The UTC calendar day of an instant. */
export function dayOf(instant: Date): number {
  return Math.floor(instant.getTime() / MS)
}

/** A day as `YYYY-MM-DD`. */
export function iso(day: number): string {
  let text = texts.get(day)
  if (text === undefined) {
    text = new Date(day * MS).toISOString().slice(0, 10)
    texts.set(day, text)
  }
  return text
}

/** An instant on a day, `hour` hours (and parts of them) after its midnight in UTC. */
export function instantOf(day: number, hour = 12): Date {
  return new Date(day * MS + Math.round(hour * 3_600_000))
}

/** The last day of the month in which `day` lies. */
export function monthEnd(day: number): number {
  const date = new Date(day * MS)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / MS
}

/** Two digits of the year and two of the week, as serial numbers carry them. */
export function yearWeek(day: number): string {
  const date = new Date(day * MS)
  const week = Math.min(52, 1 + Math.floor((day - Date.UTC(date.getUTCFullYear(), 0, 1) / MS) / 7))
  return String(date.getUTCFullYear()).slice(2) + String(week).padStart(2, '0')
}

const HISTORY_DAYS = 8 * 365

/**
 * The days on which orders are placed, as a function from 0 (eight years before `today`) to 1 (a fortnight before it).
 * It grows with the years, rests on weekends and peaks at the ends of quarters.
 */
export function orderCalendar(today: number): (share: number) => number {
  const first = today - HISTORY_DAYS
  const days = HISTORY_DAYS - 15
  const sums = new Float64Array(days)
  let sum = 0
  for (let index = 0; index < days; index++) {
    sum += weightOf(first + index, index / days)
    sums[index] = sum
  }
  return (share) => {
    const wanted = Math.min(Math.max(share, 0), 0.999999) * sum
    let low = 0
    let high = days - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return first + low
  }
}

function weightOf(day: number, age: number): number {
  const date = new Date(day * MS)
  const weekday = date.getUTCDay()
  const growth = 0.6 + 0.4 * age
  const rest = weekday === 0 || weekday === 6 ? 0.1 : 1
  const quarter = date.getUTCMonth() % 3 === 2 ? 1.6 : 1
  const rush = quarter > 1 && date.getUTCDate() > 20 ? 2.2 : 1
  return growth * rest * quarter * rush
}
