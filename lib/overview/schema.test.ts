import { overviewQuery, parseOverview } from './schema'

test('the address and the state say the same', () => {
  const params = {
    show: 'percent',
    expirationPeriod: 'month',
    expirationArchitecture: 'Security',
    expirationCountry: 'DE',
    coverageArchitecture: 'Networking',
    coverageCountry: 'FR',
  }
  const { state, problems } = parseOverview({ ...params, unknown: 'x' })
  expect(problems).toEqual([])
  expect(Object.fromEntries(overviewQuery(state))).toEqual(params)
})

test('what is as usual is not in the address', () => {
  expect(overviewQuery(parseOverview({ show: 'number', coverageCountry: '' }).state)).toEqual([])
})

test.each([
  [{ show: 'pie' }, 'show: “pie” is not one of its values.'],
  [{ expirationPeriod: ['week', 'month'] }, 'expirationPeriod: “week” is not one of its values.'],
  [{ coverageCountry: 'D\0E' }, 'coverageCountry: “D\0E” is not one of its values.'],
  [{ coverageArchitecture: 'x'.repeat(101) }, `coverageArchitecture: “${'x'.repeat(60)}” is not one of its values.`],
])('a bad value is named: %p', (params, problem) => {
  expect(parseOverview(params).problems).toEqual([problem])
})
