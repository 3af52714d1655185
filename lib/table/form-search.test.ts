import { formSearch, hasRangeEnds } from './form-search'

test('empty fields are left out, several values stay', () => {
  expect(
    formSearch([
      ['q', '  c9300 '],
      ['pid', ''],
      ['va', '1'],
      ['va', '2'],
    ]),
  ).toBe('?q=c9300&va=1&va=2')
  expect(formSearch([['q', ' ']])).toBe('')
})

test('the two ends of a range become one parameter, either end open', () => {
  expect(
    formSearch([
      ['ldos.from', '2026-01-01'],
      ['ldos.to', '2026-12-31'],
    ]),
  ).toBe('?ldos=2026-01-01..2026-12-31')
  expect(
    formSearch([
      ['ldos.from', ''],
      ['ldos.to', '2026-12-31'],
    ]),
  ).toBe('?ldos=..2026-12-31')
  expect(
    formSearch([
      ['ldos.from', '2026-01-01'],
      ['ldos.to', ''],
    ]),
  ).toBe('?ldos=2026-01-01..')
})

test('a form that was sent without JavaScript is known by its halves', () => {
  expect(hasRangeEnds(['q', 'ldos.to'])).toBe(true)
  expect(hasRangeEnds(['q', 'ldos', 'x.y'])).toBe(false)
})
