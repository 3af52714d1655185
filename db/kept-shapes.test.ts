import { keptShapes } from './kept-shapes'

test('a statement is kept from its third time on', () => {
  const isKept = keptShapes(5)
  expect(['a', 'a', 'a', 'a'].map(isKept)).toEqual([false, false, true, true])
})

test('no more are kept than asked for: those that came last', () => {
  const isKept = keptShapes(2)
  expect(['a', 'a', 'a', 'b', 'b', 'b', 'a'].map(isKept)).toEqual([false, false, true, false, false, true, true])
  expect(['c', 'c', 'c', 'a', 'b'].map(isKept)).toEqual([false, false, true, true, false])
})

test('statements that never come again do not push out one that does', () => {
  const isKept = keptShapes(1)
  for (let index = 0; index < 5000; index++) expect(isKept(`once ${index}`)).toBe(false)
  expect(['a', 'a', 'a'].map(isKept)).toEqual([false, false, true])
})
