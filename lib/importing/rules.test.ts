import fc from 'fast-check'
import { Invalid } from '@/lib/errors'
import { deviceFields, deviceReader } from './lc-devices'
import { dateOf, matchColumns, printable, RowProblem, rowOf } from './rules'
import type { Field } from './schema'

const fields: Field[] = [
  { id: 'instance', label: 'Instance Number', names: ['Instance Number'], required: true },
  { id: 'parent', label: 'Parent Instance Number', names: ['Parent Instance Number'] },
  { id: 'city', label: 'City', names: ['City', 'Customer City'] },
  { id: 'place', label: 'Virtual Account', names: ['Virtual Account'], exact: true },
]
const placesOf = (headers: string[]) => Object.fromEntries(matchColumns(headers, fields).columns)
const problemsOf = (headers: string[]) => {
  try {
    matchColumns(headers, fields)
    return []
  } catch (error) {
    return error instanceof Invalid ? error.problems : [String(error)]
  }
}

test.each<[string, string[], Record<string, number>]>([
  ['case, spaces and underscores do not matter', [' INSTANCE_number '], { instance: 0 }],
  ['an exact name wins over one inside a longer header', ['Old Instance Number', 'Instance Number'], { instance: 1 }],
  ['a name inside a longer header counts', ['Instance Number (IB)'], { instance: 0 }],
  [
    'the longest name inside a header takes it',
    ['Parent Instance Number (IB)', 'Instance Number (IB)'],
    { parent: 0, instance: 1 },
  ],
  ['a parent is no instance', ['Parent Instance Number', 'The Instance Number'], { parent: 0, instance: 1 }],
  ['the first alias that is there is used', ['Customer City', 'City', 'Instance Number'], { city: 1, instance: 2 }],
  ['a short name counts alone only', ['City of birth', 'Instance Number'], { instance: 1 }],
  ['an exact field takes no longer header', ['Virtual Account ID', 'Instance Number'], { instance: 1 }],
])('%s', (_, headers, places) => {
  expect(placesOf(headers)).toEqual(places)
})

test('a required column that is missing, twofold or ambiguous is named', () => {
  expect(problemsOf(['Parent Instance Number'])).toEqual(['The file lacks the column “Instance Number”.'])
  expect(problemsOf(['Instance Number', 'instance  number'])).toEqual([
    'The column “Instance Number” stands twice in the header.',
  ])
  expect(problemsOf(['Old Instance Number', 'New Instance Number'])).toEqual([
    'The file lacks the column “Instance Number”.',
  ])
})

test.each([
  ['12-May-20', '2020-05-12'],
  ['12-MAY-2020', '2020-05-12'],
  ['2-jan-99', '1999-01-02'],
  ['2020-05-12', '2020-05-12'],
  ['2020-05-12T10:00:00Z', '2020-05-12'],
  ['29-Feb-24', '2024-02-29'],
  ['29-Feb-23', null],
  ['31-Apr-2020', null],
  ['05/12/2020', null],
  ['2020-13-01', null],
  ['12-Foo-20', null],
  ['0001-01-01', null],
  ["2020-05-12'; drop table devices", null],
])('the date %s is %s', (text, date) => {
  expect(dateOf(text)).toBe(date)
})

test('every day is read from both ways of writing it', () => {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  const days = fc.date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(days, (day) => {
      const iso = day.toISOString().slice(0, 10)
      const spoken = `${day.getUTCDate()}-${months[day.getUTCMonth()]}-${iso.slice(2, 4)}`
      expect([dateOf(iso), dateOf(spoken)]).toEqual([iso, iso])
    }),
  )
})

test('nothing that a terminal or a page would obey is printed', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\p{Cc}\u202a-\u202e]/u.test(printable(text))))
})

const headers = deviceFields.map(({ names }) => names[0])
const matched = matchColumns(headers, deviceFields)
const read = (cells: Partial<Record<string, string>>) =>
  deviceReader({ unit: 'line', day: '2026-05-06' })(
    rowOf(
      deviceFields.map(({ id }) => cells[id] ?? ''),
      headers.length,
      matched,
      deviceFields,
    ),
    2,
  )

test.each([
  [{ identifier1Name: 'SERIAL NUMBER', identifier1: 'foc1' }, 'FOC1', undefined],
  [{ identifier1: 'FOC1' }, 'FOC1', undefined],
  [{ identifier1Name: 'UUID', identifier1: 'ab-1' }, undefined, [{ name: 'UUID', value: 'ab-1' }]],
  [
    { identifier1Name: 'MAC', identifier1: 'aa:bb', identifier2Name: 'Serial', identifier2: 'X1' },
    'X1',
    [{ name: 'MAC', value: 'aa:bb' }],
  ],
  [{ identifier1: 'X1', identifier5: 'Y5' }, 'X1', [{ name: 'Identifier 5', value: 'Y5' }]],
  [{ identifier1: '="00123"' }, '00123', undefined],
])('identifiers %o: serial number %s, others %o', (cells, serialNumber, identifiers) => {
  const { data } = read({ instanceNumber: '1', ...cells })
  expect([data['serialNumber'], data['identifiers']]).toEqual([serialNumber, identifiers])
})

test('whatever a cell holds, its row is read or refused in words', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('=1+1', '1.5E+12', '12-May-20', 'Germany'),
  )
  const cells = fc.record(Object.fromEntries(deviceFields.map(({ id }) => [id, cell])), { requiredKeys: [] })
  fc.assert(
    fc.property(cells, (values) => {
      try {
        expect(read(values).key).not.toBe('')
      } catch (error) {
        expect(error).toBeInstanceOf(RowProblem)
      }
    }),
  )
})
