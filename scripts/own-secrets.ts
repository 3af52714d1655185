import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where commands keep what belongs to this checkout: the embedded database, its secrets, marks of the build. */
export const DATA_FOLDER = '.data'

/** The settings of this name are secrets of the server; `APP_ROLE_PASSWORD` is the password of its database role. */
export type OwnSecrets = Record<
  'NEXTAUTH_SECRET' | 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY' | 'PAK_INDEX_KEY' | 'PAK_KEYS' | 'APP_ROLE_PASSWORD',
  string
>

/** The secrets of servers that commands start here, made once and readable by this user only. */
export function ownSecrets(): OwnSecrets {
  const file = join(DATA_FOLDER, 'secrets.json')
  if (!existsSync(file)) {
    const random = () => randomBytes(32).toString('base64')
    const secrets: OwnSecrets = {
      NEXTAUTH_SECRET: random(),
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: random(),
      PAK_INDEX_KEY: random(),
      PAK_KEYS: `k1:${random()}`,
      APP_ROLE_PASSWORD: randomBytes(24).toString('base64url'),
    }
    mkdirSync(DATA_FOLDER, { recursive: true })
    writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8')) as OwnSecrets
}
