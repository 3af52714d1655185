import 'server-only'
import { eq, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { virtualAccounts } from '@/db/schema/accounts'
import type { DeviceIdentifier } from '@/db/schema/devices'
import { type Substitution, substitutionText } from '@/lib/compliance/compliance'

/** What one field of one thing was and would be, fit to be shown. */
export type Difference = { label: string; before: string | null; after: string | null }
export type Values = Record<string, unknown>
type Places = { id: number; name: string }[]

/** The names of the Virtual Accounts, for values that hold their ids. */
export const placesOf = (reader: Reader, account: number): Promise<Places> =>
  reader
    .select({ id: virtualAccounts.id, name: virtualAccounts.name })
    .from(virtualAccounts)
    .where(eq(virtualAccounts.smartAccountId, account))

/** Adds to a select with (subject, subject_id, key, after) what each thing is called, as `name`. */
export const withNames = (account: number, things: SQL): SQL => sql`
  select s.*, coalesce(d.name, d.serial_number, s.key, d.instance_number, s.after->>'name', s.after->>'instanceNumber', l.pid, e.name,
    c.number, k.contract_number, s.after->>'number', s.after->>'pid') as name
  from (${things}) s
  left join devices d on s.subject = 'device' and d.smart_account_id = ${account} and d.id = s.subject_id
  left join account_lifecycles l on s.subject = 'lifecycle' and l.smart_account_id = ${account} and l.id = s.subject_id
  left join licenses e on s.subject = 'license' and e.smart_account_id = ${account} and e.id = s.subject_id
  left join contracts c on s.subject = 'contract' and c.smart_account_id = ${account} and c.id = s.subject_id
  left join contract_lines k on s.subject = 'contract_line' and k.smart_account_id = ${account} and k.id = s.subject_id`

/** The values that have a word, before and after. */
export const inWords = (
  labels: Readonly<Record<string, string>>,
  before: Values | null,
  after: Values,
  places: Places,
): Difference[] =>
  Object.keys(after)
    .filter((key) => key in labels)
    .map((key) => ({
      label: labels[key] ?? key,
      before: before === null ? null : shown(key, before[key], places),
      after: shown(key, after[key], places),
    }))

function shown(key: string, value: unknown, places: Places): string | null {
  if (value === null || value === undefined || value === '') return null
  if (key === 'virtualAccountId') return places.find(({ id }) => id === value)?.name ?? null
  if (key === 'orderLineId') return 'linked to the order'
  if (Array.isArray(value))
    return value
      .map((item: string | DeviceIdentifier | Substitution) => {
        if (typeof item === 'string') return item
        return 'kind' in item ? substitutionText(item) : `${item.name} ${item.value}`
      })
      .join(', ')
  return String(value)
}
