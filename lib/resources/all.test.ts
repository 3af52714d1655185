import { badParameters, withoutBadParameters } from './all'

const problems = (address: string) => {
  const { pathname, searchParams } = new URL(address, 'http://here.invalid')
  return badParameters(pathname, searchParams)
}

test('each bad value of a known parameter is named', () => {
  expect(
    problems('/accounts/a.example/devices?coverage=blue&sort=nope&page=0&size=7&ldos=2026-13-01..&va=x'),
  ).toHaveLength(6)
  expect(problems('/accounts/a.example/devices?coverage=blue')[0]).toContain('“blue”')
  expect(problems('/accounts/a.example/devices/17?coverage=blue')).toHaveLength(1)
})

test('unknown parameters, right values and other pages have none', () => {
  expect(problems('/accounts/a.example/devices?utm_source=x&panel=filters&coverage=covered&page=2')).toEqual([])
  expect(problems('/accounts/a.example/constructor?coverage=blue')).toEqual([])
  expect(problems('/my/access?coverage=blue')).toEqual([])
})

test('the way back keeps what was right', () => {
  const search = new URLSearchParams('coverage=blue&coverage=covered&sort=nope&q=x')
  expect(withoutBadParameters('/accounts/a.example/devices', search)).toBe(
    '/accounts/a.example/devices?coverage=covered&q=x',
  )
})
