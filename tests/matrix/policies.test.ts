import type { Sql } from 'postgres'
import { catalogueProblems } from './catalogue'
import { policyMutations, rowSecurityProblem, tryMutation } from './policies'
import { Expected, knownPeople } from './row-security'
import { connectAs, openScene, type Scene } from './scene'

let scene: Scene
let owner: Sql
let expected: Expected
let accounts: number[]

beforeAll(async () => {
  scene = await openScene(300)
  owner = connectAs(scene.ownerUrl)
  expected = new Expected(scene.owner, await knownPeople(scene.owner))
  accounts = (await owner<{ id: number }[]>`select id from smart_accounts order by id`).map(({ id }) => id)
}, 120_000)
afterAll(async () => {
  await owner.end()
  await scene.drop()
})

test('nothing in the catalogue goes around row security', async () => {
  expect(await catalogueProblems(owner)).toEqual([])
})

test.each([
  ['alter table devices owner to license_central_app', 'devices'],
  ['grant delete on events to license_central_app', 'events'],
  ['grant update (note) on events to license_central_app', 'events'],
  ['grant select on devices to public', 'devices'],
  ['create view everything as select * from devices', 'everything'],
  ['create materialized view everything as select 1', 'everything'],
  ['alter function app.become(bigint, timestamptz) reset search_path', 'app.become'],
  ['grant execute on function app.become(bigint, timestamptz) to public', 'app.become'],
  ['create table planted (smart_account_id bigint)', 'planted'],
])('the catalogue is seen through: %s', async (statement, name) => {
  class Undo extends Error {}
  let problems: string[] = []
  const trial = owner.begin(async (sql) => {
    await sql.unsafe(statement)
    problems = await catalogueProblems(sql)
    throw new Undo()
  })
  await expect(trial).rejects.toBeInstanceOf(Undo)
  expect(problems.filter((problem) => problem.includes(name))).not.toEqual([])
})

test('taking away any policy is seen', async () => {
  // Everything that is expected is read before a mutation locks its table.
  expect(await owner.begin((sql) => rowSecurityProblem(sql, expected, accounts))).toBeNull()
  const mutations = await policyMutations(owner)
  expect(mutations.length).toBeGreaterThan(150)
  const survivors: string[] = []
  for (const mutation of mutations) {
    if ((await tryMutation(owner, expected, accounts, mutation)) === null) survivors.push(mutation.name)
  }
  expect(survivors).toEqual([])
}, 120_000)
