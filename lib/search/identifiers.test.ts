import { IDENTIFIERS_AT_MOST, identifiersOf } from './identifiers'

test('whatever stands between them, each once, as it was typed first or last', () => {
  expect(identifiersOf(' FOC1,\r\n"FOC2"; 81000001\tfoc1 ').identifiers).toEqual(['foc1', 'FOC2', '81000001'])
})

test.each([
  ['', 'at least one'],
  [' ,; \n', 'at least one'],
  ['x'.repeat(101), 'longer than any'],
  [Array.from({ length: IDENTIFIERS_AT_MOST + 1 }, (_, n) => `S${n}`).join('\n'), 'These are 501 identifiers'],
])('nothing is looked up of %.20s', (text, problem) => {
  expect(identifiersOf(text).problem).toContain(problem)
  expect(identifiersOf(text).identifiers).toEqual([])
})

test('as many as are allowed', () => {
  const text = Array.from({ length: IDENTIFIERS_AT_MOST }, (_, n) => `S${n}`).join(' ')
  expect(identifiersOf(text).identifiers).toHaveLength(IDENTIFIERS_AT_MOST)
})
