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

test('which list of a tab is meant decides what it can be asked', () => {
  const contracts = '/accounts/a.example/contracts'
  expect(problems(`${contracts}?view=agreements&billTo=Cobalt&sort=label`)).toEqual([])
  expect(problems(`${contracts}?view=products&sort=label`)).toHaveLength(1)
  expect(problems(`${contracts}?view=everything`)).toEqual(['view: “everything” is not one of its values.'])
  expect(problems(`${contracts}/C-17.a?line=3&sort=nope`)).toHaveLength(1)
  expect(problems('/accounts/a.example/devices?view=everything')).toEqual([])
  expect(withoutBadParameters(contracts, new URLSearchParams('view=agreements&sort=label&expiry=soon'))).toBe(
    `${contracts}?view=agreements&sort=label`,
  )
  expect(withoutBadParameters(contracts, new URLSearchParams('view=everything&sort=end'))).toBe(`${contracts}?sort=end`)
})

test('the way back keeps what was right', () => {
  const search = new URLSearchParams('coverage=blue&coverage=covered&sort=nope&q=x')
  expect(withoutBadParameters('/accounts/a.example/devices', search)).toBe(
    '/accounts/a.example/devices?coverage=covered&q=x',
  )
})

test('an export has the parameters of its list, and a format', () => {
  const devices = '/accounts/a.example/devices/export'
  expect(problems(`${devices}?format=xlsx&columns=all&coverage=covered`)).toEqual([])
  expect(problems(`${devices}?format=pdf&coverage=blue&columns=some`)).toHaveLength(3)
  expect(problems(devices)).toEqual(['format: say which of csv, xlsx, jsonl.'])
  expect(problems('/my/orders/export?format=csv&status=lost')).toHaveLength(1)
  expect(withoutBadParameters(devices, new URLSearchParams('format=pdf&coverage=blue&q=x'))).toBe(
    '/accounts/a.example/devices?q=x',
  )
})
