import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SettingsError, serverSettingsOf } from './env'

const random = () => randomBytes(32).toString('base64')
const good = {
  NODE_ENV: 'test' as const,
  DATABASE_URL: 'postgres://app:pw@db.internal:5432/licenses',
  NEXTAUTH_URL: 'https://licenses.example.com/',
  NEXTAUTH_SECRET: random(),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: random(),
  PAK_KEYS: `k1:${random()},k2:${random()}`,
  PAK_INDEX_KEY: random(),
}
const read = (changed: Record<string, string | undefined>) => () => serverSettingsOf({ ...good, ...changed })

test('good settings are read, with their defaults', () => {
  const env = read({})()
  expect(env).toMatchObject({
    APP_ORIGIN: 'https://licenses.example.com',
    DEMO: false,
    DATABASE_CONNECTIONS: 12,
    PORT: 3000,
    HOSTNAME: '127.0.0.1',
  })
  expect(env.PAK_KEYS.activeId).toBe('k2')
  expect([...env.PAK_KEYS.keys.keys()]).toEqual(['k1', 'k2'])
})

test.each([
  ['DATABASE_URL', undefined, 'DATABASE_URL is missing'],
  ['DATABASE_URL', '', 'DATABASE_URL is missing'],
  ['DATABASE_URL', 'mysql://db', 'DATABASE_URL must be an address like postgres://'],
  ['DATABASE_REPLICA_URL', 'mysql://db', 'DATABASE_REPLICA_URL must be an address like postgres://'],
  ['DATABASE_CONNECTIONS', '3', 'DATABASE_CONNECTIONS must be at least 4'],
  ['NEXTAUTH_URL', undefined, 'NEXTAUTH_URL is missing'],
  ['NEXTAUTH_URL', 'javascript:alert(1)', 'NEXTAUTH_URL must be an address'],
  ['NEXTAUTH_SECRET', undefined, 'NEXTAUTH_SECRET is missing'],
  ['NEXTAUTH_SECRET', 'kurz', 'NEXTAUTH_SECRET is too short'],
  ['NEXTAUTH_SECRET', 'change-me-change-me-change-me-change-me', 'NEXTAUTH_SECRET looks like an example'],
  ['NEXTAUTH_SECRET', 'a'.repeat(64), 'NEXTAUTH_SECRET looks like an example'],
  ['NEXTAUTH_SECRET', good.PAK_INDEX_KEY, 'is the same as'],
  ['PAK_INDEX_KEY', good.PAK_KEYS.split(/[:,]/)[1], 'PAK_KEYS k1 is the same as PAK_INDEX_KEY'],
  ['PAK_INDEX_KEY', randomBytes(40).toString('base64'), 'PAK_INDEX_KEY must be 32 random bytes'],
  ['PAK_KEYS', random(), 'PAK_KEYS has a bad key id'],
  ['PAK_KEYS', `k1:${random()},k1:${random()}`, 'PAK_KEYS has a bad key id "k1"'],
  ['PAK_KEYS', 'k1:short', 'PAK_KEYS key k1 is too short'],
  ['DEMO_NOW', '2026-07-01', 'DEMO_NOW freezes the clock, which only demo mode may do'],
  ['PORT', 'http', 'PORT must be a whole number'],
  ['DEMO', 'maybe', 'DEMO must be 1 or 0'],
  ['LEGACY_LINKS', 'no-such-file.json', 'LEGACY_LINKS is neither JSON nor the name of a JSON file'],
  ['LEGACY_LINKS', '[{"from":"/old"', 'LEGACY_LINKS is neither JSON'],
  ['LEGACY_LINKS', '{"from":"/old","to":"orders"}', 'LEGACY_LINKS must be a list of links'],
  ['LEGACY_LINKS', '[{"from":"/old","to":"https://evil.example"}]', 'LEGACY_LINKS.0.to must be one of home'],
  ['LEGACY_LINKS', '[{"from":"//evil.example/x","to":"orders"}]', 'LEGACY_LINKS.0.from must be like /old'],
  ['LEGACY_LINKS', '[{"from":"/old","to":"orders","status":301}]', 'LEGACY_LINKS.0'],
  ['OIDC_ISSUER', 'https://login.example.com', 'OIDC_ISSUER needs OIDC_CLIENT_ID'],
])('%s=%s is refused', (name, value, message) => {
  expect(read({ [name]: value })).toThrow(SettingsError)
  expect(read({ [name]: value })).toThrow(message)
})

test('everything that is wrong is said at once, and no secret with it', () => {
  const secret = 'short-but-secret'
  const attempt = read({ NEXTAUTH_SECRET: secret, PAK_INDEX_KEY: undefined, NEXTAUTH_URL: undefined })
  expect(attempt).toThrow(/NEXTAUTH_URL[\s\S]*NEXTAUTH_SECRET[\s\S]*PAK_INDEX_KEY/)
  expect(attempt).not.toThrow(secret)
})

test('the clock of a demo can be frozen', () => {
  expect(read({ DEMO: '1', DEMO_NOW: '2026-07-01' })().DEMO_NOW).toEqual(new Date('2026-07-01T00:00:00Z'))
})

test('links of old portals are read from JSON or from a file of it', () => {
  const links = [{ from: '/eb/Order/{order}', to: 'orders' as const }]
  const fromText = read({ LEGACY_LINKS: JSON.stringify(links) })().LEGACY_LINKS
  expect(fromText).toEqual([{ ...links[0], parts: ['eb', 'order', '{order}'] }])
  const file = join(mkdtempSync(join(tmpdir(), 'links-')), 'links.json')
  writeFileSync(file, JSON.stringify(links))
  expect(read({ LEGACY_LINKS: file })().LEGACY_LINKS).toEqual(fromText)
  expect(read({})().LEGACY_LINKS).toEqual([])
})
