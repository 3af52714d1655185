import { policyMutations, rowSecurityProblem, tryMutation } from '../policies'
import { Expected, knownPeople } from '../row-security'
import { connectAs, openScene } from '../scene'

/** Takes away each policy and each part of row security whose name has `word` in it, and tells who showed it. */
export async function tryPolicies(word: string, tell: (name: string, shownBy: string | null) => void): Promise<void> {
  const scene = await openScene(300)
  const owner = connectAs(scene.ownerUrl)
  try {
    const mutations = (await policyMutations(owner)).filter(({ name }) => name.includes(word))
    const expected = new Expected(scene.owner, await knownPeople(scene.owner))
    const accounts = (await owner<{ id: number }[]>`select id from smart_accounts order by id`).map(({ id }) => id)
    // Everything that is expected is read before a mutation locks its table.
    const problem = await owner.begin((sql) => rowSecurityProblem(sql, expected, accounts))
    if (problem) throw new Error(`Row security does not hold as it is: ${problem}`)
    for (const mutation of mutations) tell(mutation.name, await tryMutation(owner, expected, accounts, mutation))
  } finally {
    await owner.end()
    await scene.drop()
  }
}
