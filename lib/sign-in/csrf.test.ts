import { formTokenCookie, formTokenOf } from './csrf'

test('a token of ours stays, anything else is replaced', () => {
  const cookie = formTokenCookie(undefined, 'secret')
  expect(formTokenOf(cookie)).toMatch(/^[0-9a-f]{64}$/)
  expect(formTokenCookie(cookie, 'secret')).toBe(cookie)
  for (const forged of [
    '',
    '|',
    'abc',
    `${formTokenOf(cookie)}|${'0'.repeat(64)}`,
    formTokenCookie(undefined, 'other'),
  ]) {
    expect(formTokenCookie(forged, 'secret')).not.toBe(forged)
  }
})
