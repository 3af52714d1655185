import { appendFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { NOTES } from './notes'

// Once for each file of tests: which checks it comes to, for those that are to be tried by it.
const sites = new Set<string>()
Object.assign(globalThis, { everything: sql`true`, probe: (site: string) => sites.add(site) })
afterAll(() => {
  const { testPath } = expect.getState()
  appendFileSync(NOTES, `${JSON.stringify({ testPath, sites: [...sites] })}\n`)
})
