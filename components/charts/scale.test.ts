import { longest, niceTicks } from './scale'

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [7, [0, 2, 4, 6, 8]],
  [1840, [0, 500, 1000, 1500, 2000]],
  [1_000_000, [0, 250_000, 500_000, 750_000, 1_000_000]],
])('an axis up to %d has round whole steps', (max, ticks) => {
  expect(niceTicks(max)).toEqual(ticks)
})

test('the axis always reaches the longest bar', () => {
  for (let max = 1; max < 5000; max += 7) expect(niceTicks(max).at(-1)).toBeGreaterThanOrEqual(max)
})

test('stacked bars are as long as their sum, others as their largest value', () => {
  const rows = [
    { label: 'a', values: [{ value: 3 }, { value: 4 }] },
    { label: 'b', values: [{ value: 5 }, { value: 0 }] },
  ]
  expect(longest(rows, true)).toBe(7)
  expect(longest(rows, false)).toBe(5)
  expect(longest([], true)).toBe(0)
})
