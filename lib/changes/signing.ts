import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

// What RFC 8410 writes before the 32 bytes of an Ed25519 key.
const PRIVATE_BEFORE = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key that signs, from its 32 bytes. */
export const signingKey = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PRIVATE_BEFORE, seed]), format: 'der', type: 'pkcs8' })

/** The public half, as text to be published. */
export const publicKeyText = (seed: Buffer): string =>
  createPublicKey(signingKey(seed)).export({ format: 'pem', type: 'spki' }).toString()

/** By what people compare a public key: `SHA256:` and the hash of it. */
export function fingerprint(publicKey: string): string {
  const der = createPublicKey(publicKey).export({ format: 'der', type: 'spki' })
  return `SHA256:${createHash('sha256').update(der).digest('base64').replace(/=+$/, '')}`
}

export const signed = (text: string, seed: Buffer): string =>
  sign(null, Buffer.from(text), signingKey(seed)).toString('base64')

export const isSignedBy = (text: string, signature: string, publicKey: string): boolean =>
  verify(null, Buffer.from(text), createPublicKey(publicKey), Buffer.from(signature, 'base64'))
