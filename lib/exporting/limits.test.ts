import { AT_ONCE } from './copy'
import { TooManyExports, takePlace } from './limits'

test('a server makes so many downloads at once, and one more when one is over', () => {
  const places = Array.from({ length: AT_ONCE }, takePlace)
  expect(takePlace).toThrow(TooManyExports)
  places[0]?.()
  places[0]?.()
  const next = takePlace()
  expect(takePlace).toThrow('Try again in some seconds')
  for (const give of [...places, next]) give()
  takePlace()()
})
