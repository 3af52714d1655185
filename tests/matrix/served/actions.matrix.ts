import { readFileSync } from 'node:fs'
import { actions } from './actions'
import { type Ids, Judge } from './judging-actions'
import { addRealThings } from './real-things'
import { openServed, type Served } from './server'
import { type Visitor, visitorsOf } from './visitors'
import { readWorld, type World } from './world'

type Manifest = { node: Record<string, { exportedName: string; filename: string }> }
const manifest = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as Manifest
const ids: Ids = Object.fromEntries(Object.entries(manifest.node).map(([id, { exportedName }]) => [exportedName, id]))
const built = Object.keys(ids).sort()

let served: Served
let world: World
let visitors: Visitor[]
let tried = 0
beforeAll(async () => {
  served = await openServed(600)
  world = await readWorld(served.scene.owner, await addRealThings(served.scene.owner))
  visitors = await visitorsOf(served.scene.owner, served.secret)
}, 120_000)
afterAll(async () => {
  process.stdout.write(`actions of the matrix: ${tried} posts\n`)
  await served?.stop()
})

test('every action of the build has its row', () => {
  expect(Object.keys(manifest.node)).toHaveLength(built.length)
  expect(built.length).toBeGreaterThan(4)
  expect(built.filter((name) => !actions[name]).map((name) => `action ${name} has no row in the matrix`)).toEqual([])
  expect(Object.keys(actions).filter((name) => !ids[name])).toEqual([])
})

test.each(built)(
  '%s',
  async (action) => {
    const deeds = actions[action]?.(world) ?? []
    const judge = new Judge(served.origin, world, ids, visitors)
    for (const deed of deeds) await judge.deed(action, deed)
    const [first] = deeds
    if (first) await judge.forgeries(action, first)
    tried += judge.tried
    expect(judge.problems).toEqual([])
    expect(judge.tried).toBeGreaterThan(visitors.length)
    const isOpen = deeds.every(({ isForEverybody }) => isForEverybody)
    expect(judge.refused).toBeGreaterThan(isOpen ? 0 : visitors.length)
  },
  300_000,
)
