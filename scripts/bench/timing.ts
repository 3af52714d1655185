import { sqlTime } from './stopwatch'

/**
 * Milliseconds that a tenth, half and 95 % of the runs stayed within, waiting for the database; `all`: what half of them
 * stayed within with everything, the building of the statements too.
 */
export type Times = { p10: number; p50: number; p95: number; all: number }
/** One run: all of it, and what of that was waiting for the database. */
export type Run = { all: number; sql: number }

/** The value that this share of the sorted values does not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function timesOf(runs: readonly Run[]): Times {
  const sql = runs.map((run) => run.sql)
  const all = runs.map((run) => run.all)
  return { p10: percentile(sql, 0.1), p50: percentile(sql, 0.5), p95: percentile(sql, 0.95), all: percentile(all, 0.5) }
}

type Work = () => Promise<unknown>

/** The end of a reading transaction is not waited for, and must not fall into the next run. */
export const quiet = () => new Promise((done) => setTimeout(done, 1))

/**
 * Runs all ways in turn, so that what else the machine does falls on each of them alike. `ways` are given for each
 * variant; every round runs all variants. The first round of `warmUp` is not counted. Gives the runs of each way.
 */
export async function alternate(
  variants: readonly (readonly Work[])[],
  { rounds, warmUp }: { rounds: number; warmUp: number },
): Promise<Run[][]> {
  const times: Run[][] = (variants[0] ?? []).map(() => [])
  for (let round = -warmUp; round < rounds; round++) {
    for (const ways of variants) {
      for (const [index, work] of ways.entries()) {
        await quiet()
        const [started, before] = [performance.now(), sqlTime()]
        await work()
        if (round >= 0) times[index]?.push({ all: performance.now() - started, sql: sqlTime() - before })
      }
    }
  }
  return times
}
