import { isNothing, parseTerms } from './terms'

const TODAY = '2026-11-24'
const read = (text: string) => parseTerms(text, TODAY)

test('words are words, whatever stands between them', () => {
  expect(read('  FOC2409\t x ').terms).toEqual({ text: 'FOC2409 x', types: [] })
  expect(read('mac:00:11 http://x').terms.text).toBe('mac:00:11 http://x')
  expect(isNothing(read('  ').terms)).toBe(true)
})

test('operators are taken out of the words', () => {
  expect(read('edge type:device type:Order status:"past last date" core').terms).toEqual({
    text: 'edge core',
    types: ['devices', 'orders'],
    status: 'past last date',
  })
})

test.each([
  ['<90d', { from: '2026-11-24', to: '2027-02-22' }],
  ['30d', { from: '2026-11-24', to: '2026-12-24' }],
  ['>30d', { from: '2026-12-25' }],
  ['<2026-12-31', { from: '2026-11-24', to: '2026-12-31' }],
])('expires:%s', (value, range) => {
  expect(read(`expires:${value}`)).toEqual({ terms: { text: '', types: [], expires: range }, problems: [] })
})

test.each(['expires:soon', 'expires:<2026-02-31', 'expires:', 'expires:<2020-01-01', 'type:router', 'type:'])(
  '%s is told to be wrong',
  (text) => {
    expect(read(text).problems).toHaveLength(1)
  },
)
