/**
 * `npm run matrix:mutate [-- WORD]`: takes away each check of access whose name has the word in it, one by one; ends with
 * code 1 when nobody notices one, or when one is noticed that is said to be unnoticeable.
 */
import { codeMutations, tryCode } from '@/tests/matrix/mutations/code'
import { kept } from '@/tests/matrix/mutations/kept'
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
  console.log('== checks of lib, without row security')
  const mutations = codeMutations().filter(({ file, name }) => `${file} ${name}`.includes(word))
  if (mutations.length > 0) {
    await tryCode(mutations, ({ mutation: { file, line, name }, shownBy }) => {
      const why = kept.find((one) => one.file === file && one.check.test(name))?.why
      if (why && shownBy) stale.push(`${file}:${line} is said to be unnoticeable, and is not: ${name}`)
      tell(`${file}:${line} ${name}`, shownBy, why)
    })
  }
  console.log('== row security, without the checks of lib')
  await tryPolicies(word, tell)
  const { killed, survived } = counts
  console.log(`\n${killed} killed, ${survived} survived, ${counts.kept} kept although nothing shows them`)
  for (const text of stale) console.log(text)
  return survived === 0 && stale.length === 0 && killed > 0 ? 0 : 1
})
