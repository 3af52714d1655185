/**
 * `npm run matrix:mutate [-- WORD]`: takes away each check of access whose name has the word in it, one by one; ends with
 * code 1 when nobody notices one, or when one is noticed that is said to be unnoticeable.
 */
import { tryByTests } from '@/tests/matrix/mutations/by-tests'
import { codeMutations, type Outcome, tryCode } from '@/tests/matrix/mutations/code'
import { keptReason } from '@/tests/matrix/mutations/kept'
import type { CodeMutation } from '@/tests/matrix/mutations/scan'
import { tryPolicies } from '@/tests/matrix/mutations/walls-down'
import { main } from './run'

await main(async () => {
  const [word = ''] = process.argv.slice(2)
  const counts = { killed: 0, survived: 0, kept: 0 }
  const stale: string[] = []
  const tell = (name: string, shownBy: string | null, why?: string) => {
    const outcome = shownBy !== null ? 'killed' : why ? 'kept' : 'survived'
    counts[outcome]++
    const said = shownBy ?? why
    console.log(`${outcome.padEnd(8)}  ${name}${said ? `\n            ${said.slice(0, 200)}` : ''}`)
  }
  const tellCode = ({ mutation, shownBy, isAsked }: Outcome) => {
    const { file, line, name } = mutation
    const why = keptReason(mutation)
    if (why && shownBy) stale.push(`${file}:${line} is said to be unnoticeable, and is not: ${name}`)
    tell(`${file}:${line} ${name}${isAsked ? '' : ' (nothing comes to it)'}`, shownBy, why)
  }
  const mutations = codeMutations().filter(({ file, name }) => `${file} ${name}`.includes(word))
  const unnoticed: CodeMutation[] = []
  if (mutations.length > 0) {
    console.log('== checks of lib by the questions of the matrix, without row security')
    await tryCode(mutations, (outcome) => {
      const { mutation, shownBy } = outcome
      if (shownBy === null && !keptReason(mutation)) unnoticed.push(mutation)
      else tellCode(outcome)
    })
  }
  if (unnoticed.length > 0) {
    console.log('== the others by the integration tests that come to them, without row security')
    await tryByTests(unnoticed, tellCode)
  }
  console.log('== row security, without the checks of lib')
  await tryPolicies(word, tell)
  const { killed, survived } = counts
  console.log(`\n${killed} killed, ${survived} survived, ${counts.kept} kept although nothing shows them`)
  for (const text of stale) console.log(text)
  return survived === 0 && stale.length === 0 && killed > 0 ? 0 : 1
})
