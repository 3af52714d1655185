import { difference, type ListAnswer } from './answer'

const answer: ListAnswer = { ids: [1, 2], total: 2, isCapped: false, facets: { 'type=hardware': 2 } }

test('the same answers do not differ', () => {
  expect(difference(answer, { ...answer })).toBeUndefined()
})

test.each<[Partial<ListAnswer>, string]>([
  [{ total: 3 }, 'total 2, by hand 3'],
  [{ isCapped: true }, 'total 2, by hand 2+'],
  [{ ids: [1, 3] }, 'row 2 of 2 is 2, by hand 3 of 2'],
  [{ ids: [1] }, 'row 2 of 2 is 2, by hand undefined of 1'],
  [{ facets: {} }, 'type=hardware: 2, by hand 0'],
])('%j is told', (change, text) => {
  expect(difference(answer, { ...answer, ...change })).toBe(text)
})

test('to count on is no difference, to stop too early is one', () => {
  const capped = { ...answer, isCapped: true, facets: {} }
  expect(difference({ ...answer, total: 7 }, capped)).toBeUndefined()
  expect(difference({ ...answer, total: 7, ids: [1] }, capped)).toContain('row 0 of 1')
  expect(difference({ ...answer, total: 1 }, capped)).toBe('total 1, by hand 2+')
})
