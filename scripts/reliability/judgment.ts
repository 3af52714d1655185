import type { Visit } from './visits'

export type Observed = {
  name: string
  /** When the fault began and ended, in ms of performance.now(). */
  begun: number
  over: number
  visits: readonly Visit[]
  mostOpen: number
  /** Events of downloads that are there afterwards. */
  kept: number
  probes: { health: number; ready: number; readyMs: number }
}
export type Finding = Observed & { recoveryMs: number; slowestMs: number; problems: string[] }

/** Every answer is right or a clear 503 within this time, whatever is wrong. */
const ANSWERED_MS = 6_500
const WELL_AGAIN_MS = 5_000
/** Requests that are open at once: those that come within the deadline, and no more. */
const OPEN_AT_MOST = 160

/** What is wrong with what was observed; nothing where all of it is as it should be. */
export function judged(seen: Observed): Finding {
  const { name, visits, over, kept, probes, mostOpen } = seen
  const right = ({ status }: Visit) => status === 200
  const bad = visits.filter((one) => !right(one) && !(one.status === 503 && one.isClear))
  const slowestMs = Math.max(...visits.map(({ ms }) => ms))
  // Well again: from then on every answer is right.
  const last = Math.max(over, ...visits.filter((one) => !right(one)).map(({ at }) => at))
  const next = visits.find((one) => right(one) && one.at > last)
  const recoveryMs = next ? next.at + next.ms - over : Number.POSITIVE_INFINITY
  const told = visits.filter((one) => one.path.includes('/files/') && right(one)).length
  const unknown = visits.filter((one) => one.path.includes('/files/') && !right(one)).length
  const problems = [
    ...bad.map(({ path, status, ms }) => `${path} answered ${status} after ${Math.round(ms)} ms`),
    ...(visits.some(({ isSignOut }) => isSignOut) ? ['somebody was signed out'] : []),
    ...visits
      .filter(({ ms }) => ms > ANSWERED_MS)
      .map(({ path, status, ms }) => `${path} took ${Math.round(ms)} ms to answer ${status}`),
    ...(recoveryMs > WELL_AGAIN_MS ? [`it was well again after ${Math.round(recoveryMs)} ms`] : []),
    ...(mostOpen > OPEN_AT_MOST ? [`${mostOpen} requests were open at once`] : []),
    ...(kept < told || kept > told + unknown ? [`${told} downloads were answered, ${kept} events are there`] : []),
    ...(probes.health !== 200 ? [`health answered ${probes.health}`] : []),
    ...(probes.readyMs > 1000 ? [`ready took ${Math.round(probes.readyMs)} ms`] : []),
  ]
  return { ...seen, recoveryMs, slowestMs, problems: problems.map((problem) => `${name}: ${problem}`) }
}

/** The findings as a table of the documents. */
export function judgeTable(findings: readonly Finding[]): string {
  const rows = findings.map(({ name, visits, slowestMs, recoveryMs, mostOpen, probes, kept, problems }) => [
    name,
    ...[200, 503].map((status) => String(visits.filter((one) => one.status === status).length)),
    String(visits.filter(({ status }) => status !== 200 && status !== 503).length),
    `${(slowestMs / 1000).toFixed(1)} s`,
    `${(Math.max(0, recoveryMs) / 1000).toFixed(1)} s`,
    String(mostOpen),
    `${probes.health}, ${probes.ready} in ${Math.round(probes.readyMs)} ms`,
    String(kept),
    problems.length === 0 ? 'holds' : `${problems.length} problems`,
  ])
  const head = [
    'The database',
    '200',
    '503',
    'Other',
    'Slowest',
    'Well again',
    'Open at most',
    'Health, ready',
    'Events',
    'Result',
  ]
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
