import { nextAfter } from './schedule-days'

test.each([
  ['2026-05-03', '2026-05-04'],
  ['2026-05-04', '2026-05-11'],
  ['2026-05-10', '2026-05-11'],
  ['2026-12-28', '2027-01-04'],
])('a week after %s, on a Monday: %s', (day, next) => expect(nextAfter(day, 'weekly')).toBe(next))

test.each([
  ['2026-05-31', '2026-06-01'],
  ['2026-06-01', '2026-07-01'],
  ['2026-12-15', '2027-01-01'],
])('a month after %s, on its first: %s', (day, next) => expect(nextAfter(day, 'monthly')).toBe(next))
