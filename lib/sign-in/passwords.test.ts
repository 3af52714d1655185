import { hashPassword, LONGEST_PASSWORD, passwordMatches } from './passwords'

test('a password matches its own hash, however its letters are composed', async () => {
  const stored = await hashPassword('caf\u00e9')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwordMatches(stored, 'cafe\u0301')).toBe(true)
  expect(await passwordMatches(stored, 'cafe')).toBe(false)
})

test('too long a password is neither stored nor compared by its beginning', async () => {
  const longest = 'x'.repeat(LONGEST_PASSWORD)
  const stored = await hashPassword(longest)
  expect(await passwordMatches(stored, longest)).toBe(true)
  expect(await passwordMatches(stored, `${longest}x`)).toBe(false)
  expect(() => hashPassword(`${longest}x`)).toThrow(RangeError)
})

test('without a hash the answer is no, and takes as long', async () => {
  const stored = await hashPassword('right')
  const time = async (hash: string | null) => {
    const start = performance.now()
    expect(await passwordMatches(hash, 'wrong')).toBe(false)
    return performance.now() - start
  }
  await time(null)
  const known = Math.min(await time(stored), await time(stored), await time(stored))
  const unknown = Math.min(await time(null), await time(null), await time(null))
  expect(unknown).toBeGreaterThan(known * 0.4)
})
