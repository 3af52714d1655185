import 'server-only'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'
import { legacyLinks } from './legacy-links/schema'
import { sameSecrets, secretProblem } from './secrets'

// The only reader of the environment. Nothing is read when this file is loaded, so a build needs no settings.

const given = (text: unknown) => (text === '' ? undefined : text)
const optional = <T extends z.ZodType>(type: T) => z.preprocess(given, type.optional())
const required = (why: string) => z.preprocess(given, z.string({ error: `is missing: ${why}` }))

const flag = z
  .enum(['0', '1', 'false', 'true'], { error: 'must be 1 or 0' })
  .transform((text) => text === '1' || text === 'true')
const wholeNumber = (most: number) =>
  z.coerce
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(0, 'must not be negative')
    .max(most, `must be at most ${most}`)
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must be an address like postgres://user:password@host:5432/database')
const webAddress = z.url({ protocol: /^https?$/, error: 'must be an address like https://licenses.example.com' })
const mailServer = z
  .string()
  .regex(/^smtps?:\/\/\S+$/, 'must be an address like smtps://user:password@mail.example.com')
const sender = z
  .string()
  .regex(
    /^([^<>@\p{Cc}]*<)?[^<>@\s\p{Cc}]+@[^<>@\s\p{Cc}]+>?$/u,
    'must be an address like License Central <licenses@example.com>',
  )
const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'must be an ISO date like 2026-07-01, or an instant',
  })
  .transform((text) => new Date(text))

const secret = (why: string) =>
  required(why).superRefine((text, context) => {
    const message = secretProblem(text)
    if (message) context.addIssue({ code: 'custom', message })
  })
const key = (why: string) =>
  secret(why).transform((text, context) => {
    const bytes = Buffer.from(text, 'base64')
    if (bytes.length === 32) return bytes
    context.addIssue({ code: 'custom', message: 'must be 32 random bytes in base64 (openssl rand -base64 32)' })
    return z.NEVER
  })

/** Keys by id, in the order given; the last one encrypts, the others only decrypt what they once encrypted. */
export type KeyRing = { activeId: string; keys: ReadonlyMap<string, Buffer> }

const keyRing = required(
  'keys that encrypt PAKs, as id:base64, separated by commas; the last one is used for new ones',
).transform((text, context): KeyRing => {
  const keys = new Map<string, Buffer>()
  for (const entry of text.split(',')) {
    const [id = '', base64 = ''] = entry.trim().split(':')
    const parsed = key('').safeParse(base64)
    if (!/^\w{1,16}$/.test(id) || keys.has(id))
      context.addIssue({ code: 'custom', message: `has a bad key id "${id}"` })
    else if (parsed.success) keys.set(id, parsed.data)
    else context.addIssue({ code: 'custom', message: `key ${id} ${parsed.error.issues[0]?.message}` })
  }
  return { keys, activeId: [...keys.keys()].at(-1) ?? '' }
})

/** JSON itself, or the name of a file that holds it. */
const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(/^\s*[[{]/.test(text) ? text : readFileSync(text, 'utf8'))
  } catch (error) {
    const message = `is neither JSON nor the name of a JSON file: ${error instanceof Error ? error.message : error}`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
})

const common = {
  /** Demo mode: demo personas may sign in with the password `demo`. Refused on a database with other data. */
  DEMO: z.preprocess(given, flag.default(false)),
  /** Freezes the clock of the product, for demos and tests. */
  DEMO_NOW: optional(instant),
  DEMO_DEVICES: z.preprocess(given, wholeNumber(5_000_000).default(6000)),
  DEMO_ACCOUNTS: optional(wholeNumber(10_000)),
  PORT: z.preprocess(given, wholeNumber(65_535).default(3000)),
  // Containers set HOSTNAME to the name of the machine: nobody asked to listen on that.
  HOSTNAME: z.preprocess((text) => (text === hostname() ? undefined : given(text)), z.string().default('127.0.0.1')),
}

const serverSettings = z
  .object({
    ...common,
    DATABASE_URL: required('the Postgres that holds the data').pipe(postgresUrl),
    /** How many connections to it this server keeps; those of exports come on top. */
    DATABASE_CONNECTIONS: z.preprocess(given, wholeNumber(200).min(4, 'must be at least 4').default(12)),
    /** A streaming replica of that database, which pages are read from as far as it has what their person wrote. */
    DATABASE_REPLICA_URL: optional(postgresUrl),
    NEXTAUTH_URL: required('the address that people open').pipe(webAddress),
    NEXTAUTH_SECRET: secret('it signs the session cookies'),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secret('it encrypts what forms carry').refine(
      (text) => Buffer.from(text, 'base64').length === 32,
      'must be 32 random bytes in base64 (openssl rand -base64 32)',
    ),
    PAK_KEYS: keyRing,
    PAK_INDEX_KEY: key('it finds a PAK without decrypting all'),
    /** Signs exports of the Event Log; without it there are none. */
    EVENT_SIGNING_KEY: optional(key('it signs exports of the Event Log')),
    OIDC_ISSUER: optional(webAddress),
    OIDC_CLIENT_ID: optional(z.string()),
    OIDC_CLIENT_SECRET: optional(z.string()),
    OIDC_NAME: z.preprocess(given, z.string().default('single sign-on')),
    /** The server that mail leaves by; without it mail waits in the outbox. */
    SMTP_URL: optional(mailServer),
    /** Whom mail comes from. */
    MAIL_FROM: optional(sender),
    /** Further addresses of old portals, before the built-in ones (lib/legacy-links/schema.ts). */
    LEGACY_LINKS: z.preprocess((text) => given(text) ?? '[]', json.pipe(legacyLinks)),
    /** Where files are kept that are no rows: a folder, or a bucket of anything that speaks S3 (lib/delivery/store.ts). */
    STORE_FOLDER: z.preprocess(given, z.string().default('.data/store')),
    S3_BUCKET: optional(z.string()),
    S3_ENDPOINT: optional(webAddress),
    S3_REGION: z.preprocess(given, z.string().default('us-east-1')),
    S3_ACCESS_KEY_ID: optional(z.string()),
    S3_SECRET_ACCESS_KEY: optional(z.string()),
    /** Where exports lie until they are fetched; the same folder for every machine. */
    EXPORTS_FOLDER: z.preprocess(given, z.string().default('.data/exports')),
    /** Whether this server makes exports that are jobs; another one of the same database may. */
    EXPORT_JOBS: z.preprocess(given, flag.default(true)),
    /** How many proxies in front of the server add to X-Forwarded-For; 0 when people reach it directly. */
    TRUSTED_PROXY_HOPS: z.preprocess(given, wholeNumber(10).default(0)),
  })
  .superRefine((settings, context) => {
    const problem = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = settings
    const oidc = [OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET].filter((text) => text !== undefined)
    if (oidc.length === 1 || oidc.length === 2)
      problem('OIDC_ISSUER', 'needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it')
    if (settings.SMTP_URL && !settings.MAIL_FROM) problem('MAIL_FROM', 'is missing: mail has to come from an address')
    if ((settings.S3_ACCESS_KEY_ID === undefined) !== (settings.S3_SECRET_ACCESS_KEY === undefined))
      problem('S3_ACCESS_KEY_ID', 'needs S3_SECRET_ACCESS_KEY beside it, and the other way around')
    if (settings.DEMO_NOW && !settings.DEMO) problem('DEMO_NOW', 'freezes the clock, which only demo mode may do')
    const ring = Object.fromEntries(
      [...settings.PAK_KEYS.keys].map(([id, bytes]) => [`PAK_KEYS ${id}`, bytes.toString('base64')]),
    )
    const { NEXTAUTH_SECRET, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY } = settings
    const PAK_INDEX_KEY = settings.PAK_INDEX_KEY.toString('base64')
    const EVENT_SIGNING_KEY = settings.EVENT_SIGNING_KEY?.toString('base64')
    const all = {
      ...{ NEXTAUTH_SECRET, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY, PAK_INDEX_KEY, ...ring },
      ...(EVENT_SIGNING_KEY && { EVENT_SIGNING_KEY }),
    }
    for (const [one, other] of sameSecrets(all)) problem(other, `is the same as ${one}; every secret must be its own`)
  })
  .transform((settings) => ({ ...settings, APP_ORIGIN: new URL(settings.NEXTAUTH_URL).origin }))

const commonSettings = z.object({
  ...common,
  DATABASE_URL: optional(postgresUrl),
  /** The role that owns the tables: migrations, seeding, imports of whole databases. Never given to the server. */
  DATABASE_OWNER_URL: optional(postgresUrl),
  /** Runs the integration tests on that Postgres instead of the embedded one; a superuser of it. */
  TEST_DATABASE_URL: optional(postgresUrl),
  NEXTAUTH_URL: optional(webAddress),
  CHROMIUM_PATH: optional(z.string()),
})

/** What the running server needs. */
export type Env = z.output<typeof serverSettings>
/** What every process may be told; each setting has a default or may be absent. */
export type Settings = z.output<typeof commonSettings>

/** Thrown with one line a setting that is missing or wrong. */
export class SettingsError extends Error {}

let server: Env | undefined
let loose: Settings | undefined

/** The settings of the server, checked at the first call. Throws SettingsError. */
export function env(): Env {
  server ??= read(serverSettings, process.env)
  return server
}

/** Takes these for the settings of the server: for a command that runs the server's code without being one. */
export function takeServerSettings(given: Record<string, string>): void {
  server = read(serverSettings, childEnvironment(given))
}

/** The settings that commands need and the server may read without having all of its own. Throws SettingsError. */
export function settings(): Settings {
  loose ??= read(commonSettings, process.env)
  return loose
}

/** The environment of a process that a script starts: this one's, and `added`. */
export function childEnvironment(added: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...added }
}

/** Whether this is the development server: it needs `eval`, and never serves real data. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development'
}

/** Whether a command was started as `npm run …`. */
export function startedByNpm(): boolean {
  return process.env['npm_lifecycle_event'] !== undefined
}

/** Checks a set of settings as the server would, and says all that is wrong with it. */
export function serverSettingsOf(source: NodeJS.ProcessEnv): Env {
  return read(serverSettings, source)
}

function read<T extends z.ZodType>(type: T, source: NodeJS.ProcessEnv): z.output<T> {
  const result = type.safeParse(source)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
  throw new SettingsError(`The settings are not right:\n${lines.join('\n')}`)
}
