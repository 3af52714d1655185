import { PgDialect } from 'drizzle-orm/pg-core'
import { arrayText, literal } from './literal'

const textOf = (value: number | string) => new PgDialect().sqlToQuery(literal(value))

test('whole numbers and dates become text of the statement', () => {
  expect(textOf(10_001)).toMatchObject({ sql: '10001', params: [] })
  expect(textOf('2026-07-01')).toMatchObject({ sql: "'2026-07-01'", params: [] })
})

test.each([1.5, Number.NaN, "2026-07-01'; drop table devices; --", '2026-7-1', ''])('%s is refused', (value) => {
  expect(() => literal(value)).toThrow('neither a whole number nor a date')
})

test('values of an array stay what they are', () => {
  expect(arrayText(['a', '', 'b,c', '"', '\\', '{}', 'null'])).toBe('{"a","","b,c","\\"","\\\\","{}","null"}')
  expect(arrayText([])).toBe('{}')
})
