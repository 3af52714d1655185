/**
 * Asks everything of the matrix that lib answers, with the lib of the folder that it runs in. `ask.ts keep FILE` writes
 * the answers, `ask.ts ways FILE` adds which questions come to which check; `ask.ts compare FILE SITE` asks those that come to
 * one check, ends with code 1 at the first answer that is another one, and says which.
 */
import './probes'
import { readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { sql } from '@/lib/access/database'
import { settings } from '@/lib/env'
import { firstDifference } from '../first-difference'
import { askAll, thingsOf } from '../observe'
import { everybody } from '../people'
import { connectAs } from '../scene'
import { come } from './probes'

// Those first who show most checks.
const FIRST = [
  ...['va-user@aurora.example', 'nested@aurora.example', 'va-admin@aurora.example', 'partner@cobalt.example'],
  ...['user@aurora.example', 'approver@aurora.example', 'recipient@fjord.example', 'va-viewer@aurora.example'],
]
const ALIKE = ['admin2@aurora.example']

/** What was answered, and the questions that come to each check, by its site. */
type Kept = { answers: Record<string, unknown>; ways: Record<string, string[]> }

const [mode, file = '', site = ''] = process.argv.slice(2)
const kept: Kept = mode === 'keep' ? { answers: {}, ways: {} } : JSON.parse(readFileSync(file, 'utf8'))
const owner = connectAs(settings().DATABASE_OWNER_URL ?? '')
let problem: string | undefined

/** Which rows a search with more matches than are counted begins with is for the planner to say. */
function settled(value: unknown): unknown {
  const { isCapped, ids, ...rest } = (value ?? {}) as { isCapped?: boolean; ids?: unknown }
  return isCapped && ids ? rest : value
}

function keep(what: string, value: unknown): false {
  kept.answers[what] = value
  return false
}

function note(what: string): false {
  for (const at of come) kept.ways[at] = [...(kept.ways[at] ?? []), what]
  come.clear()
  return false
}

function compare(what: string, value: unknown): boolean {
  const { answers } = kept
  if (!isDeepStrictEqual(value, answers[what])) problem ??= `${what}: ${firstDifference(answers[what], value)}`
  return problem !== undefined
}

const rest = everybody.map(({ email }) => email).filter((email) => ![...FIRST, ...ALIKE].includes(email))
const things = await thingsOf(owner)
// What is asked while a file is loaded stands for whoever comes to it later.
for (const at of come) kept.ways[at] = Object.keys(kept.answers)
come.clear()
const ways = new Set(site ? kept.ways[site] : Object.keys(kept.answers))
const { tell, how } = {
  keep: { tell: keep, how: {} },
  // One after the other, it is known which of them comes to a check.
  ways: { tell: note, how: { atOnce: 1 } },
}[mode ?? ''] ?? { tell: compare, how: { isWanted: (what: string) => ways.has(what) } }
for (const email of [...FIRST, ...rest]) {
  if (mode === 'compare' && ![...ways].some((what) => what.startsWith(`${email} `))) continue
  await askAll(owner, things, email, (what, found) => tell(what, settled(found)), how)
  if (problem) break
}
if (mode !== 'compare') writeFileSync(file, JSON.stringify(kept))
else if (problem) console.log(problem)
await Promise.all([sql().end(), owner.end()])
process.exit(problem ? 1 : 0)
