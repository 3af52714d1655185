import { Conflict, Unavailable } from './errors'

test('that the database is away is known in every piece of the build', async () => {
  jest.resetModules()
  const other = await import('./errors')
  expect(other.Unavailable).not.toBe(Unavailable)
  expect(new other.Unavailable('late')).toBeInstanceOf(Unavailable)
  for (const error of [new Conflict('other'), new Error('late'), null, 'unavailable', { kind: 'other' }])
    expect(error instanceof Unavailable).toBe(false)
})
