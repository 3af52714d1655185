import { encode } from 'next-auth/jwt'
import { readSessionToken, signInCookies } from './session-cookie'

const secret = 'a secret of the server'
const claim = { sub: '7', sid: '0b5c3a52-3c1f-4a6e-8a7d-0d9a4b2f6c11' }

test('under https every cookie is bound to the host; on a loopback address it has a plain name', () => {
  const secure = Object.values(signInCookies('https://licenses.test'))
  for (const { name, options } of secure) {
    expect(name).toMatch(/^__Host-/)
    expect(options).toMatchObject({ secure: true, httpOnly: true, sameSite: 'lax', path: '/' })
    expect(options).not.toHaveProperty('domain')
  }
  const { name, options } = signInCookies('http://127.0.0.1:3000').sessionToken
  expect(name).toBe('next-auth.session-token')
  expect(options).toMatchObject({ secure: false, httpOnly: true, sameSite: 'lax' })
})

test('a token of this server is read', async () => {
  const token = await encode({ token: claim, secret })
  expect(await readSessionToken(token, secret)).toEqual({ userId: 7, sessionId: claim.sid })
})

test('a token that was read is read again until its time is over, and by its own secret only', async () => {
  const token = await encode({ token: claim, secret, maxAge: 60 })
  const read = { userId: 7, sessionId: claim.sid }
  expect(await readSessionToken(token, secret)).toEqual(read)
  expect(await readSessionToken(token, secret)).toEqual(read)
  expect(await readSessionToken(token, 'another secret')).toBeNull()
  expect(await readSessionToken(`${token}x`, secret)).toBeNull()
  jest.useFakeTimers({ now: Date.now() + 120_000, doNotFake: ['nextTick', 'setImmediate'] })
  try {
    expect(await readSessionToken(token, secret)).toBeNull()
  } finally {
    jest.useRealTimers()
  }
})

test.each([
  ['another secret', () => encode({ token: claim, secret: 'another secret' })],
  ['a time that is over', () => encode({ token: claim, secret, maxAge: -60 })],
  ['the salt of another cookie', () => encode({ token: claim, secret, salt: 'next-auth.state' })],
  ['no session', () => encode({ token: { sub: '7' }, secret })],
  ['a session that is no id', () => encode({ token: { sub: '7', sid: "x' or true" }, secret })],
  ['a person that is no id', () => encode({ token: { ...claim, sub: '-1' }, secret })],
  ['no content', async () => ''],
  ['an unsigned token', async () => `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify(claim)).toString('base64url')}.`],
])('a token with %s is nobody', async (_, token) => {
  expect(await readSessionToken(await token(), secret)).toBeNull()
})
