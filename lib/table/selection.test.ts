import { allOf, countSelected, isSelected, listOf, noneOf, withRows } from './selection'

test('rows are chosen one by one and across pages', () => {
  const two = withRows(withRows(noneOf('a'), [1, 2, 3], true), [2], false)
  expect([1, 2, 3, 4].filter((id) => isSelected(two, id))).toEqual([1, 3])
  expect(countSelected(two, 6000)).toBe(2)
})

test('all that match are chosen but those taken out, seen or not', () => {
  const all = withRows(allOf('a'), [5, 6], false)
  expect(countSelected(all, 6000)).toBe(5998)
  expect(isSelected(all, 5)).toBe(false)
  expect(isSelected(all, 4711)).toBe(true)
  expect(countSelected(withRows(all, [5], true), 6000)).toBe(5999)
})

test('order, page and what is open do not make another list; a filter does', () => {
  expect(listOf('?va=2&coverage=covered&sort=name&page=7&size=25&panel=filters')).toBe(listOf('?coverage=covered&va=2'))
  expect(listOf('?coverage=covered')).not.toBe(listOf('?coverage=lapsed'))
  expect(listOf('?q=a')).not.toBe(listOf(''))
})
