import { readFileSync } from 'node:fs'
import type { Cell } from './cells'
import { judge } from './judging'
import { routes } from './routes'
import { openServed, type Served } from './server'
import { type Visitor, visitorsOf } from './visitors'
import { readWorld, type World } from './world'

const manifest = JSON.parse(readFileSync('.next/app-path-routes-manifest.json', 'utf8')) as Record<string, string>
const built = [...new Set(Object.values(manifest))].sort()

let served: Served
let world: World
let visitors: Visitor[]
let all = 0
beforeAll(async () => {
  served = await openServed(600)
  world = await readWorld(served.scene.owner)
  visitors = await visitorsOf(served.scene.owner, served.secret)
}, 120_000)
afterAll(async () => {
  process.stdout.write(`pages of the matrix: ${all} cells\n`)
  await served?.stop()
})

test('every route of the build has its row', () => {
  expect(built.length).toBeGreaterThan(10)
  expect(built.filter((route) => !routes[route]).map((route) => `route ${route} has no row in the matrix`)).toEqual([])
  expect(Object.keys(routes).filter((route) => !built.includes(route))).toEqual([])
})

// One row: its objects times everybody times what a browser and a program ask for.
test.each(built)(
  '%s',
  async (route) => {
    const cells: Cell[] = routes[route]?.(world) ?? []
    const { problems, tried, refused } = await judge(served.origin, world, cells, visitors)
    all += tried
    expect(problems).toEqual([])
    const isPublic = cells.every((cell) => cell.isPublic)
    expect(tried).toBeGreaterThanOrEqual(isPublic ? cells.length : visitors.length)
    if (!isPublic) expect(refused).toBeGreaterThan(5)
  },
  300_000,
)
