/** @jest-environment node */
import { devices } from '@/lib/resources/devices'
import { parseTable } from './parse'

const parse = (query: string) => {
  const params = new URLSearchParams(query)
  return parseTable(devices, Object.fromEntries([...params.keys()].map((key) => [key, params.getAll(key)])))
}

test('nothing said is the default list', () => {
  expect(parse('')).toEqual({
    problems: [],
    query: { q: '', sort: 'ldos', descending: false, page: 1, size: 50, filters: {}, ranges: {} },
  })
})

test('every kind of parameter is read', () => {
  const { query, problems } = parse(
    'q=%20FOC%20&sort=-serial&page=7&size=100&va=3&va=none&coverage=covered&support=passed&ldos=2026-01-01..&pid=C9300-48P',
  )
  expect(problems).toEqual([])
  expect(query).toEqual({
    q: 'FOC',
    sort: 'serial',
    descending: true,
    page: 7,
    size: 100,
    filters: { va: ['3', 'none'], coverage: ['covered'], support: ['passed'], pid: ['C9300-48P'] },
    ranges: { ldos: { from: '2026-01-01' } },
  })
})

test.each([
  ['sort=password', 'sort: “password” is not a column of this table.'],
  ['sort=constructor', 'sort: “constructor” is not a column of this table.'],
  ['page=0', 'page: “0” is not a page number.'],
  ['page=1e9', 'page: “1e9” is not a page number.'],
  ['size=51', 'size: “51” is not one of 25, 50, 100, 250.'],
  ['coverage=maybe', 'Coverage Status: “maybe” is not one of its values.'],
  ['support=__proto__', 'Support status: “__proto__” is not one of its values.'],
  ['va=1;drop', 'Virtual Account: “1;drop” is not one of its values.'],
  ['ldos=2026-02-31..', 'Last date of support: “2026-02-31..” is not a range such as 2026-01-01..2026-12-31.'],
  [
    'ldos=2026-03-01..2026-02-01',
    'Last date of support: “2026-03-01..2026-02-01” is not a range such as 2026-01-01..2026-12-31.',
  ],
  ['ldos=..', 'Last date of support: “..” is not a range such as 2026-01-01..2026-12-31.'],
])('%s is told', (query, problem) => {
  expect(parse(query).problems).toEqual([problem])
})

test('unknown parameters are ignored, and a search is cut to its length', () => {
  const { query, problems } = parse(`utm_source=mail&q=${'x'.repeat(500)}`)
  expect(problems).toEqual([])
  expect(query.q).toHaveLength(100)
})
