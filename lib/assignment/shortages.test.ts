import { reliefsOf, type Standing } from './shortages'

/** Numbers that look random and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % below
  }
}

const standings = (...spares: number[]): Standing[] => spares.map((spare, id) => ({ id, place: id, spare }))

test('a shortage of 40 is closed from 55 to spare', () => {
  expect(reliefsOf(standings(-40, 55, 3))).toEqual([{ giver: 1, taker: 0, quantity: 40 }])
})

test('who has just enough gives before who has most; several give where one is not enough', () => {
  expect(reliefsOf(standings(-5, 100, 6))).toEqual([{ giver: 2, taker: 0, quantity: 5 }])
  expect(reliefsOf(standings(-50, 30, 25))).toEqual([
    { giver: 1, taker: 0, quantity: 30 },
    { giver: 2, taker: 0, quantity: 20 },
  ])
})

test('nothing is planned where nothing is short, or nothing is to spare', () => {
  expect(reliefsOf(standings(1, 2, 0))).toEqual([])
  expect(reliefsOf(standings(-1, -2, 0))).toEqual([])
})

test('no giver becomes short, no taker gets more than it lacks, each giver gives once: 2,000 cases', () => {
  const below = numbers(7)
  for (let round = 0; round < 2_000; round++) {
    const before = standings(...Array.from({ length: 1 + below(9) }, () => below(41) - 20))
    const reliefs = reliefsOf(before)
    const after = new Map(before.map(({ id, spare }) => [id, spare]))
    for (const { giver, taker, quantity } of reliefs) {
      expect(quantity).toBeGreaterThan(0)
      after.set(giver, (after.get(giver) ?? 0) - quantity)
      after.set(taker, (after.get(taker) ?? 0) + quantity)
    }
    expect(new Set(reliefs.map(({ giver }) => giver)).size).toBe(reliefs.length)
    for (const { id, spare } of before) {
      if (spare >= 0) expect(after.get(id)).toBeGreaterThanOrEqual(0)
      else expect(after.get(id)).toBeLessThanOrEqual(0)
    }
    const isShort = [...after.values()].some((spare) => spare < 0)
    const givers = new Set(reliefs.map(({ giver }) => giver))
    // What is still short is so because nobody is left to give.
    if (isShort) expect(before.filter(({ id, spare }) => spare > 0 && !givers.has(id))).toEqual([])
  }
})
