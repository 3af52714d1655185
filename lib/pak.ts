import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { KeyRing } from './env'

const VERSION = 1
const IV_BYTES = 12
const TAG_BYTES = 16

/** Bound to row and key, so that a value moved to another row is refused. */
const associatedData = (rowId: number, keyId: string) => Buffer.from(`license.pak|${rowId}|${keyId}`)

/** NFKC, upper case, letters and digits only: how a PAK is compared, however it was typed. */
export const normalizePak = (pak: string) =>
  pak
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')

/** AES-256-GCM: version byte, IV, tag, ciphertext. The key id stands in its own column. */
export function encryptPak(
  pak: string,
  rowId: number,
  { activeId, keys }: KeyRing,
): { encrypted: Buffer; keyId: string } {
  const key = keys.get(activeId)
  if (!key) throw new Error(`PAK key ${activeId} is not in the ring`)
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(associatedData(rowId, activeId))
  const text = Buffer.concat([cipher.update(normalizePak(pak), 'utf8'), cipher.final()])
  return { encrypted: Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), text]), keyId: activeId }
}

/** @throws when the key is unknown, or the value was altered or belongs to another row. */
export function decryptPak(encrypted: Buffer, keyId: string, rowId: number, { keys }: KeyRing): string {
  const key = keys.get(keyId)
  if (!key) throw new Error(`PAK key ${keyId} is not in the ring`)
  if (encrypted[0] !== VERSION) throw new Error(`PAK format ${encrypted[0]} is unknown`)
  const iv = encrypted.subarray(1, 1 + IV_BYTES)
  const tag = encrypted.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(associatedData(rowId, keyId)).setAuthTag(tag)
  return decipher.update(encrypted.subarray(1 + IV_BYTES + TAG_BYTES)).toString('utf8') + decipher.final('utf8')
}

/** 16 bytes of HMAC-SHA256: finds a PAK by its exact value and by nothing less. */
export const pakBlindIndex = (pak: string, indexKey: Buffer) =>
  createHmac('sha256', indexKey).update(normalizePak(pak)).digest().subarray(0, 16)
