import type { Viewer } from '@/lib/access/viewer'
import { devices } from '@/lib/resources/devices'
import { paramsOf } from './href'
import { parseTable } from './parse'
import { chipsOf, readRange, readTotal } from './words'

const counts = (total: number, isCapped: boolean, all: number) => ({ total, isCapped, all, facets: {}, bucket: null })

test.each([
  [6000, false, 6000, '6,000 devices'],
  [1, false, 1, '1 device'],
  [1234, false, 6000, '1,234 of 6,000 devices'],
  [0, false, 6000, '0 of 6,000 devices'],
  [1, false, 2, '1 of 2 devices'],
  [10_000, true, 1_000_000, '10,000+ of 1,000,000 devices'],
  [0, false, 0, '0 devices'],
])('%s (capped: %s) of %s reads %s', (total, isCapped, all, text) => {
  expect(readTotal(devices, counts(total, isCapped, all))).toBe(text)
})

test('ranges read as days, either end open', () => {
  expect(readRange({ from: '2026-01-01', to: '2026-12-31' })).toBe('1 Jan 2026 – 31 Dec 2026')
  expect(readRange({ from: '2026-01-01', to: '2026-01-01' })).toBe('1 Jan 2026')
  expect(readRange({ from: '2026-01-01' })).toBe('from 1 Jan 2026')
  expect(readRange({ to: '2026-01-01' })).toBe('until 1 Jan 2026')
})

test('chips say filters in words, by category', () => {
  const { query } = parseTable(
    devices,
    paramsOf(new URLSearchParams('q=c93&coverage=never&coverage=lapsed&support=passed&va=7&va=none&ldos=..2026-01-01')),
  )
  const viewer = { virtualAccounts: [{ id: 7, name: 'EMEA' }] } as Viewer
  const read = chipsOf(devices, query, viewer).map(({ label, values }) => [label, ...values.map(({ text }) => text)])
  expect(read).toEqual([
    ['Search', '“c93”'],
    ['Virtual Account', 'EMEA', 'Not assigned'],
    ['Coverage Status', 'Never covered', 'Lapsed'],
    ['Support status', 'Past last date of support'],
    ['Last date of support', 'until 1 Jan 2026'],
  ])
})
