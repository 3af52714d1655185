import { alternate, percentile, timesOf } from './timing'

test('percentiles are values that were measured', () => {
  expect([0.1, 0.5, 0.95, 1].map((share) => percentile([4, 1, 3, 2], share))).toEqual([1, 2, 4, 4])
  expect(percentile([], 0.5)).toBeNaN()
})

test('ways take turns, and the warming up is not counted', async () => {
  const log: string[] = []
  const way = (name: string) => async () => log.push(name)
  const times = await alternate(
    [
      [way('a1'), way('b1')],
      [way('a2'), way('b2')],
    ],
    { rounds: 2, warmUp: 1 },
  )
  expect(log).toEqual(['a1', 'b1', 'a2', 'b2', 'a1', 'b1', 'a2', 'b2', 'a1', 'b1', 'a2', 'b2'])
  expect(times.map((values) => values.length)).toEqual([4, 4])
})

test('time for the database and time in all are told apart', () => {
  const runs = [1, 2, 3].map((sql) => ({ sql, all: sql + 10 }))
  expect(timesOf(runs)).toEqual({ p10: 1, p50: 2, p95: 3, all: 12 })
})
