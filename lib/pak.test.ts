import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import type { KeyRing } from './env'
import { decryptPak, encryptPak, normalizePak, pakBlindIndex } from './pak'

const keys: KeyRing = {
  activeId: 'k2',
  keys: new Map([
    ['k1', randomBytes(32)],
    ['k2', randomBytes(32)],
  ]),
}

test('what was encrypted comes back, normalized', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 20 }), fc.nat(), (pak, rowId) => {
      const { encrypted, keyId } = encryptPak(pak, rowId, keys)
      expect(decryptPak(encrypted, keyId, rowId, keys)).toBe(normalizePak(pak))
    }),
  )
})

test('a value moved to another row, key or bit is refused', () => {
  const { encrypted, keyId } = encryptPak('4XK8PZQ71NM', 7, keys)
  expect(() => decryptPak(encrypted, keyId, 8, keys)).toThrow()
  expect(() => decryptPak(encrypted, 'k1', 7, keys)).toThrow()
  const altered = Buffer.from(encrypted)
  altered.writeUInt8(altered.readUInt8(altered.length - 1) ^ 1, altered.length - 1)
  expect(() => decryptPak(altered, keyId, 7, keys)).toThrow()
})

test('the same PAK typed differently has the same blind index, and every encryption differs', () => {
  const indexKey = randomBytes(32)
  expect(pakBlindIndex('4xk8-pzq7-1nm', indexKey)).toEqual(pakBlindIndex('4XK8PZQ71NM', indexKey))
  expect(encryptPak('4XK8PZQ71NM', 7, keys).encrypted).not.toEqual(encryptPak('4XK8PZQ71NM', 7, keys).encrypted)
})
