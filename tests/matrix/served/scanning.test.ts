import fc from 'fast-check'
import { addressesIn, wordsIn } from './scanning'

// What is read letter by letter is what these patterns find.
const WORD = /[A-Za-z0-9][A-Za-z0-9._@-]{4,}/g
const ADDRESS = /[\w.+-]+@[\w.-]*\w/g
const names = (word: string) => /\d/.test(word) && word.length >= 6 && !/^\d{4}-\d\d-\d\d$/.test(word)

const page = fc
  .array(fc.constantFrom(...'aZ0179._@-+ <>"&é€/', '2026-05-06', 'FOC1234X5YZ', 'a.b@aurora.example'), {
    maxLength: 60,
  })
  .map((pieces) => pieces.join(''))

test('words that may name a thing', () => {
  expect(wordsIn('<a href="/d/FOC1234X">2026-05-06 aur-sw-0001.</a> -x12345 abcdef')).toEqual(
    new Set(['FOC1234X', 'aur-sw-0001.', 'x12345']),
  )
  fc.assert(
    fc.property(page, (text) => {
      expect(wordsIn(text)).toEqual(new Set((text.match(WORD) ?? []).filter(names)))
    }),
    { numRuns: 2000 },
  )
})

test('addresses', () => {
  expect(addressesIn('to:x+y@aurora.example. @nobody, a@b@c.d')).toEqual(new Set(['x+y@aurora.example', 'a@b']))
  fc.assert(
    fc.property(page, (text) => {
      expect(addressesIn(text)).toEqual(new Set(text.match(ADDRESS)))
    }),
    { numRuns: 2000 },
  )
})
