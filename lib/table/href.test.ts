import { devices } from '@/lib/resources/devices'
import { cleared, isFiltered, paramsOf, sortedBy, toggled, toSearch, without } from './href'
import { parseTable } from './parse'

const queryOf = (search: string) => {
  const { query, problems } = parseTable(devices, paramsOf(new URLSearchParams(search)))
  expect(problems).toEqual([])
  return query
}
const search = (text: string, change: (query: ReturnType<typeof queryOf>) => ReturnType<typeof queryOf>) =>
  toSearch(devices, change(queryOf(text)))

test.each([
  '',
  '?q=c9300',
  '?coverage=covered&coverage=lapsed&va=3&support=passed&ldos=2026-01-01..2026-12-31&sort=-name&size=100&page=7',
  '?coverageEnd=..2026-01-01',
  '?pid=C9300-24P&pid=A%2FB+C',
])('an address is written as it was read: %s', (text) => {
  expect(queryOf(toSearch(devices, queryOf(text)))).toEqual(queryOf(text))
})

test('what would hold anyway is not in the address', () => {
  expect(search('?sort=ldos&size=50&page=1&q=', (query) => query)).toBe('')
})

test('a header sorts by its column, then backwards, and begins at the first page', () => {
  expect(search('?page=4', (query) => sortedBy(query, 'name'))).toBe('?sort=name')
  expect(search('?sort=name&page=4', (query) => sortedBy(query, 'name'))).toBe('?sort=-name')
  expect(search('?sort=-name', (query) => sortedBy(query, 'name'))).toBe('?sort=name')
  expect(search('', (query) => sortedBy(query, 'ldos'))).toBe('?sort=-ldos')
})

test('a value is added to the others, taken from them, and the last one takes the filter with it', () => {
  expect(search('?coverage=covered&page=2', (query) => toggled(query, 'coverage', 'lapsed'))).toBe(
    '?coverage=covered&coverage=lapsed',
  )
  expect(search('?coverage=covered&coverage=lapsed', (query) => toggled(query, 'coverage', 'covered'))).toBe(
    '?coverage=lapsed',
  )
  expect(search('?coverage=lapsed&type=cloud', (query) => toggled(query, 'coverage', 'lapsed'))).toBe('?type=cloud')
})

test('a range goes as a whole, and clearing keeps order and page size', () => {
  expect(search('?ldos=2026-01-01..&q=x1y', (query) => without(query, 'ldos'))).toBe('?q=x1y')
  const all = search('?ldos=2026-01-01..&q=x1y&va=2&sort=name&size=25&page=3', cleared)
  expect(all).toBe('?sort=name&size=25')
  expect(isFiltered(queryOf(all))).toBe(false)
  expect(isFiltered(queryOf('?ldos=2026-01-01..'))).toBe(true)
})
