import { expirationPeriods, isWithin, overlap, rangeParam, shareOf, spanOfBand, sumOf, supportYears } from './rules'

const support = {
  label: 'Support status',
  of: 'ldos',
  bands: {
    passed: { label: 'Past', to: -1 },
    year: { label: 'Soon', from: 0, to: 365 },
    unknown: { label: '?', none: true },
  },
} as const

test('a share has no value where there is no base', () => {
  expect(shareOf(0, 0)).toBeUndefined()
  expect(shareOf(0, 4)).toBe(0)
  expect(shareOf(1, 4)).toBe(0.25)
})

test('quarters begin where quarters of the year begin, also across the turn of a year', () => {
  const periods = expirationPeriods('quarter', '2026-02-28')
  expect(periods.map(({ label }) => label)).toEqual([
    'Prior',
    'Q4 ’25',
    'Q1 ’26',
    'Q2 ’26',
    'Q3 ’26',
    'Q4 ’26',
    'Q1 ’27',
    'Q2 ’27',
    'Later',
  ])
  expect(periods[0]?.span).toEqual({ to: '2025-09-30' })
  expect(periods[2]?.span).toEqual({ from: '2026-01-01', to: '2026-03-31' })
  expect(periods.at(-1)?.span).toEqual({ from: '2027-07-01' })
})

test('months know their last day', () => {
  const spans = expirationPeriods('month', '2027-12-31').map(({ span }) => span.to)
  expect(spans).toContain('2028-02-29')
  expect(
    expirationPeriods('month', '2027-12-31')
      .map(({ label }) => label)
      .slice(0, 4),
  ).toEqual(['Prior', 'Nov ’27', 'Dec ’27', 'Jan ’28'])
})

test.each(['quarter', 'month'] as const)('every day lies in exactly one period by %s', (period) => {
  const days = Array.from({ length: 1500 }, (_, index) => new Date(Date.UTC(2024, 5, index)).toISOString().slice(0, 10))
  for (const day of days) {
    expect(expirationPeriods(period, '2026-05-06').filter(({ span }) => isWithin(day, span))).toHaveLength(1)
  }
})

test('years of support are those in which dates lie, five back and seven ahead at most', () => {
  expect(supportYears(['2025-01-31', '2027-06-30'], '2026-05-06').map(({ label }) => label)).toEqual([
    '2025',
    '2026',
    '2027',
  ])
  expect(supportYears(['2015-01-31', '2040-06-30'], '2026-05-06').map(({ label }) => label)).toEqual([
    'Prior',
    ...Array.from({ length: 13 }, (_, index) => String(2021 + index)),
    'Later',
  ])
  expect(supportYears([], '2026-05-06').map(({ label }) => label)).toEqual(['2026'])
})

test('a band is calendar dates, and a device is supported on its last date', () => {
  expect(spanOfBand(support, 'passed', '2026-03-01')).toEqual({ to: '2026-02-28' })
  expect(spanOfBand(support, 'year', '2026-03-01')).toEqual({ from: '2026-03-01', to: '2027-03-01' })
  expect(spanOfBand(support, 'unknown', '2026-03-01')).toBeUndefined()
})

test('spans share days, or none', () => {
  expect(overlap({ from: '2026-01-01', to: '2026-12-31' }, { to: '2026-05-05' })).toEqual({
    from: '2026-01-01',
    to: '2026-05-05',
  })
  expect(overlap({ to: '2026-05-05' }, {})).toEqual({ to: '2026-05-05' })
  expect(overlap({ from: '2026-05-06' }, { to: '2026-05-05' })).toBeNull()
  expect(rangeParam({ to: '2026-05-05' })).toBe('..2026-05-05')
})

test('groups add up by name', () => {
  expect(sumOf(['a', 'b'], [{ numbers: { a: 1, b: 2 } }, { numbers: { a: 3, b: 4 } }])).toEqual({ a: 4, b: 6 })
  expect(sumOf(['a'], [])).toEqual({ a: 0 })
})
