import { percent } from './percent'

test('a share never rounds to nothing or to all', () => {
  expect(percent(1, 100_000)).toBe('< 1 %')
  expect(percent(99_999, 100_000)).toBe('> 99 %')
  expect(percent(0, 10)).toBe('0 %')
  expect(percent(10, 10)).toBe('100 %')
  expect(percent(1, 0)).toBe('–')
})
