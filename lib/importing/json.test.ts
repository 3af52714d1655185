import fc from 'fast-check'
import { Invalid } from '@/lib/errors'
import { nestedRows, readJson } from './json'

const rowsOf = (text: string, outer?: string) => {
  const { headers, rows } = readJson(text, 'records', outer)
  return [...rows()].map(
    ({ cells, problem }) => problem ?? Object.fromEntries(headers.map((name, at) => [name, cells[at]])),
  )
}
const refusalOf = (text: string) => {
  try {
    readJson(text, 'records')
    return null
  } catch (error) {
    if (error instanceof Invalid) return error.problems[0]
    throw error
  }
}

test('records are found in a list of that name, in several, or in the list that is the file', () => {
  const record = { a: 'x', b: { c: 1, d: null }, e: [true, 'y'] }
  const wanted = { a: 'x', 'b.c': '1', e: 'true; y' }
  for (const file of [
    { status: 'SUCCESS', data: { Records: [record] } },
    [{ page: 1, records: [record] }],
    [record],
    { records: [record], other: [1, 2, { records: [] }] },
  ])
    expect(rowsOf(JSON.stringify(file, null, 2))).toEqual([wanted])
})

test('whatever JSON.parse reads is read the same', () => {
  const name = fc.string({ maxLength: 8, unit: 'binary' }).filter((text) => !text.includes('.'))
  const values = fc.dictionary(name, fc.oneof(fc.string({ minLength: 1 }), fc.maxSafeInteger(), fc.boolean()), {
    maxKeys: 5,
  })
  const space = fc.constantFrom(undefined, 1, '\t')
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), space, (records, indent) => {
      const read = rowsOf(JSON.stringify({ before: '"[{\\', records, after: ['}'] }, null, indent))
      const filled = read.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')))
      const wanted = records.map((record) =>
        Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)])),
      )
      expect(filled).toEqual(wanted)
    }),
  )
})

test('what is cut off or not JSON is refused, wherever', () => {
  const whole = JSON.stringify({ page: { n: 1 }, records: [{ a: 'x', b: [1, 2] }, { a: 'y' }], end: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: whole.length - 1 }), (length) => {
      expect(refusalOf(whole.slice(0, length))).not.toBeNull()
    }),
  )
  for (const text of [
    `${whole} {}`,
    whole.replace('},{', '} {'),
    whole.replace('"x"', 'NaN'),
    whole.replace('[{', '[1,{'),
  ])
    expect(refusalOf(text)).not.toBeNull()
})

test('two values for one name, and numbers that are rounded, are told', () => {
  expect(rowsOf('[{"a": 1, "a": 2}, {"b": 12345678901234567890}, {"__proto__": {"a": 1}}]')).toEqual([
    'It gives two values to one name.',
    expect.stringContaining('too long to be read exactly'),
    { a: '', b: '', '__proto__.a': '1' },
  ])
  expect(({} as { a?: number }).a).toBeUndefined()
})

test('a value around a list belongs to its records', () => {
  const page = (order: string, serial: string) => ({ question: { order }, answer: { records: [{ serial }] } })
  expect(rowsOf(JSON.stringify([page('1', 'A'), page('2', 'B')]), 'order')).toEqual([
    { serial: 'A', order: '1' },
    { serial: 'B', order: '2' },
  ])
})

test('an error is told as one', () => {
  expect(refusalOf('{"status": "ERROR", "statusMessage": "no such account"}')).toMatch(/an error.*no such account/)
  expect(refusalOf('{"status": "SUCCESS"}')).toBe('The file has no list “records”.')
  expect(refusalOf('{"records": []}')).toBe('The list “records” holds no records.')
})

test('records inside a record', () => {
  expect(nestedRows('[{"a": 1, "b": {"c": "x"}}]')).toEqual([
    new Map([
      ['a', '1'],
      ['b.c', 'x'],
    ]),
  ])
  expect(nestedRows('[1]')).toBeNull()
  expect(nestedRows('no')).toBeNull()
})
