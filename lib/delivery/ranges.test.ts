import { wantedOf } from './ranges'

const file = { size: 1000, etag: '"abc"' }
const ask = (range: string | null, ifRange: string | null = null, ifNoneMatch: string | null = null) =>
  wantedOf({ range, ifRange, ifNoneMatch }, file)

test.each([
  ['bytes=0-', { start: 0, end: 999 }],
  ['bytes=500-', { start: 500, end: 999 }],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=10-5000', { start: 10, end: 999 }],
  ['bytes=-100', { start: 900, end: 999 }],
  ['bytes=-5000', { start: 0, end: 999 }],
])('%s is a piece', (range, piece) => {
  expect(ask(range)).toEqual({ status: 206, piece })
})

test.each([null, '', 'bytes=', 'bytes=-', 'bytes=a-b', 'bytes=5-2', 'bytes=0-1,5-9', 'lines=0-1'])(
  '%s is answered by all of it',
  (range) => {
    expect(ask(range)).toEqual({ status: 200 })
  },
)

test.each(['bytes=1000-', 'bytes=1000-1200', 'bytes=-0'])('%s is beyond its end', (range) => {
  expect(ask(range)).toEqual({ status: 416 })
})

test('a piece of another version is not sent', () => {
  expect(ask('bytes=500-', '"abc"').status).toBe(206)
  expect(ask('bytes=500-', '"old"').status).toBe(200)
  expect(ask('bytes=500-', 'W/"abc"').status).toBe(200)
})

test('who has it already gets nothing', () => {
  expect(ask(null, null, '"x", W/"abc"')).toEqual({ status: 304 })
  expect(ask('bytes=0-', null, '*')).toEqual({ status: 304 })
  expect(ask(null, null, '"x"').status).toBe(200)
})
