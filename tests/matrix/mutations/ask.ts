/**
 * Asks everything of the matrix that lib answers, with the lib of the folder that it runs in. `ask.ts keep FILE` writes
 * the answers; `ask.ts compare FILE` ends with code 1 at the first answer that is another one, and says which.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { sql as condition } from 'drizzle-orm'
import { sql } from '@/lib/access/database'
import { settings } from '@/lib/env'
import { firstDifference } from '../first-difference'
import { askAll, thingsOf } from '../observe'
import { everybody } from '../people'
import { connectAs } from '../scene'

// Those first who show most checks.
const FIRST = [
  ...['va-user@aurora.example', 'nested@aurora.example', 'va-admin@aurora.example', 'partner@cobalt.example'],
  ...['user@aurora.example', 'approver@aurora.example', 'recipient@fjord.example', 'va-viewer@aurora.example'],
]
const ALIKE = ['admin2@aurora.example']

Object.assign(globalThis, { everything: condition`true` })
const [mode, file = ''] = process.argv.slice(2)
const owner = connectAs(settings().DATABASE_OWNER_URL ?? '')
const kept: Record<string, unknown> = mode === 'compare' ? JSON.parse(readFileSync(file, 'utf8')) : {}
let problem: string | undefined

/** Which rows a search with more matches than are counted begins with is for the planner to say. */
function settled(value: unknown): unknown {
  const { isCapped, ids, ...rest } = (value ?? {}) as { isCapped?: boolean; ids?: unknown }
  return isCapped && ids ? rest : value
}

const rest = everybody.map(({ email }) => email).filter((email) => ![...FIRST, ...ALIKE].includes(email))
const things = await thingsOf(owner)
for (const email of [...FIRST, ...rest]) {
  await askAll(owner, things, email, (what, found) => {
    const value = settled(found)
    if (mode === 'keep') kept[what] = value
    else if (!isDeepStrictEqual(value, kept[what])) problem ??= `${what}: ${firstDifference(kept[what], value)}`
    return problem !== undefined
  })
  if (problem) break
}
if (mode === 'keep') writeFileSync(file, JSON.stringify(kept))
else if (problem) console.log(problem)
await Promise.all([sql().end(), owner.end()])
process.exit(problem ? 1 : 0)
