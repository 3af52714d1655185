import { pageNumbers } from './pager'

test.each([
  [1, 1, [1]],
  [1, 4, [1, 2, 3, 4]],
  [7, 120, [1, 5, 6, 7, 8, 9, 120]],
  [120, 120, [1, 118, 119, 120]],
])('page %d of %d leads to the first, the near and the last', (page, pages, numbers) => {
  expect(pageNumbers(page, pages)).toEqual(numbers)
})
