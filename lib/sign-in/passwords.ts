import 'server-only'
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** Longer ones are refused before any work is done on them. */
export const LONGEST_PASSWORD = 128

// Argon2id (the library's default) with the OWASP minimum: 19 MiB, two passes; some 50 ms.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash to store. Throws RangeError when the password is too long. */
export function hashPassword(password: string): Promise<string> {
  if (password.length > LONGEST_PASSWORD) throw new RangeError(`A password has at most ${LONGEST_PASSWORD} characters.`)
  return hash(password.normalize('NFKC'), COST)
}

let nobodys: Promise<string> | undefined

/** Whether it is the password. Without a hash the answer is no, after the same work: time must not tell who exists. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  nobodys ??= hash(randomBytes(32), COST)
  const other = await nobodys
  const given = password.length <= LONGEST_PASSWORD ? password.normalize('NFKC') : ''
  const matches = await verify(stored ?? other, given)
  return matches && stored !== null && password.length <= LONGEST_PASSWORD
}
