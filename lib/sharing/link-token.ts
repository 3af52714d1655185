import 'server-only'
import { createHash, randomBytes, randomInt } from 'node:crypto'

/** What a mail's link carries: 256 random bits. Only its hash is kept. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Whether a part of an address can be a token at all. */
export const isToken = (text: string): boolean => /^[\w-]{20,100}$/.test(text)

const DIGITS = 8

/** A code to type: eight digits, good for ten minutes and five attempts. */
export const newCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')
export const readableCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/** Of this link alone: the same code of another one is another hash. */
export const codeHash = (token: string, code: string): string => hashOf(`${token} ${code.replace(/\D/g, '')}`)
