import type { SizeResult } from './measure-size'
import { between, merged, reportOf } from './report'

const times = (p50: number) => ({ p10: p50, p50, p95: p50 * 2, all: p50 + 1 })
const result = (devices: number, product: number, hand: number): SizeResult => ({
  devices,
  measured: [
    {
      viewer: 'account',
      group: 'list',
      name: 'no filter',
      product: times(product),
      hand: times(hand),
      differences: [],
    },
  ],
  roundTrips: [{ name: 'Devices', count: 3 }],
})

test('what is within the bar and what is over it', () => {
  expect(reportOf([result(10, 3, 1)])).toContain(
    '| list | no filter | 3.00 / 3.00 | 4.00 | 1.00 / 1.00 |  | 3.0 | ok |  |',
  )
  expect(reportOf([result(10, 3.1, 1)])).toContain('| 3.1 | **over** |')
})

test('growth is that of the product from one size to the next', () => {
  expect(reportOf([result(10, 2, 1), result(1000, 5, 1)])).toContain('| list | no filter | 2.5 | 1.0 | **over** |')
})

test('only what stands between the markers is replaced', () => {
  const [start, end] = ['<!-- measured by `npm run bench`, do not edit -->', '<!-- end of what was measured -->']
  expect(between(`a\n${start}\nold\n${end}\nb`, 'new')).toBe(`a\n${start}\n\nnew\n\n${end}\nb`)
  expect(() => between('a', 'new')).toThrow('no place')
})

test('what is measured anew takes the place of what was there', () => {
  const other = result(10, 5, 1)
  const added = { ...other, measured: other.measured.map((row) => ({ ...row, name: 'another' })) }
  expect(merged([result(1000, 4, 1), result(10, 3, 1)], [result(10, 2, 1)])).toEqual([
    result(10, 2, 1),
    result(1000, 4, 1),
  ])
  expect(merged([result(10, 3, 1)], [added])[0]?.measured).toHaveLength(2)
})

test('of the orders of a list, two stand for all', () => {
  const { measured } = result(10, 2, 1)
  const sorts = [1, 2, 3].map((ms) => ({ ...measured[0], group: 'sorts', name: `by ${ms}`, product: times(ms) }))
  const text = reportOf([{ ...result(10, 2, 1), measured: sorts as SizeResult['measured'] }])
  expect(text).toContain('| sorts | the middle of 3 orders: by 2 |')
  expect(text).toContain('| sorts | the slowest: by 3 |')
  expect(text).toContain('3 of 3 within 3x')
})
