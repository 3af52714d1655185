import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where commands keep what belongs to this checkout: the embedded database, its secrets, marks of the build. */
export const DATA_FOLDER = '.data'

/** The settings of this name are secrets of the server; `APP_ROLE_PASSWORD` is the password of its database role. */
export type OwnSecrets = Record<
  | 'NEXTAUTH_SECRET'
  | 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'
  | 'PAK_INDEX_KEY'
  | 'PAK_KEYS'
  | 'EVENT_SIGNING_KEY'
  | 'APP_ROLE_PASSWORD',
  string
>

/** The secrets of servers that commands start here, made once and readable by this user only. */
export function ownSecrets(): OwnSecrets {
  const file = join(DATA_FOLDER, 'secrets.json')
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<OwnSecrets>) : {}
  const random = () => randomBytes(32).toString('base64')
  const made: OwnSecrets = {
    NEXTAUTH_SECRET: random(),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: random(),
    PAK_INDEX_KEY: random(),
    PAK_KEYS: `k1:${random()}`,
    EVENT_SIGNING_KEY: random(),
    APP_ROLE_PASSWORD: randomBytes(24).toString('base64url'),
  }
  const secrets = { ...made, ...known }
  // A version that needs one more adds it to those that are there.
  if (Object.keys(known).length < Object.keys(secrets).length) {
    mkdirSync(DATA_FOLDER, { recursive: true })
    writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  }
  return secrets
}

/** The secrets that a server gets: all but the password of its database role, which its DATABASE_URL carries. */
export function serverSecrets(): Omit<OwnSecrets, 'APP_ROLE_PASSWORD'> {
  const { APP_ROLE_PASSWORD: _, ...secrets } = ownSecrets()
  return secrets
}
