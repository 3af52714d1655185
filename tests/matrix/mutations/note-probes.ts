import { appendFileSync } from 'node:fs'
import { NOTES } from './notes'
import { come } from './probes'

// Once for each file of tests: which checks it comes to, for those that are to be tried by it.
afterAll(() => {
  const { testPath } = expect.getState()
  appendFileSync(NOTES, `${JSON.stringify({ testPath, sites: [...come] })}\n`)
})
