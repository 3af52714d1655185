import 'server-only'
import { getTableColumns } from 'drizzle-orm'
import type { FactSource } from '@/db/schema/columns'
import { devices as d } from '@/db/schema/devices'
import { pathOf } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { readDate, readValue } from '@/lib/table/cells'
import type { Column, Tone } from '@/lib/table/resource'
import { devices } from './devices'

type Row = typeof d.$inferSelect
type Name = keyof typeof devices.columns

/** `code` = an identifier. `source` only where the fact comes from elsewhere than its group. */
export type FactView = { label: string; value: string; isCode: boolean; source?: string }
export type FactGroup = { title: string; source: string | null; facts: FactView[] }
export type Milestone = { label: string; date: string; isPast: boolean }
export type StatusView = { text: string; tone: Tone }

const keys = Object.entries(getTableColumns(d))
const storedIn = (row: Row, name: Name): unknown => {
  const [key] = keys.find(([, column]) => column === devices.columns[name].column) ?? []
  return key ? row[key as keyof Row] : null
}

export const readSource = ({ source, asOf }: FactSource) => `${source}, as of ${readDate(asOf)}`

const GROUPS: readonly [title: string, names: readonly Name[]][] = [
  ['Identity', ['name', 'serial', 'instance', 'parent', 'softwareVersion']],
  ['Product', ['pid', 'description', 'type', 'architecture', 'family']],
  ['Coverage', ['coverage', 'coverageStart', 'coverageEnd', 'contract', 'serviceLevel', 'warranty', 'warrantyEnd']],
  ['Place', ['va', 'site', 'city', 'country']],
  ['Order', ['order', 'customerOrder', 'shipped']],
]
const LIFECYCLE = [
  'endOfSale',
  'endOfSwMaintenance',
  'endOfSecuritySupport',
  'endOfContractRenewal',
  'ldos',
] as const satisfies readonly Name[]

/** The facts of a device by group, each with its source; the lifecycle's is the product's, or the account's own. */
export function factsOf(row: Row, lifecycle: FactSource | null, viewer: Viewer): FactGroup[] {
  const own = readSource({ source: row.source, asOf: row.asOf.toISOString() })
  const group = ([title, names]: (typeof GROUPS)[number]): FactGroup => ({
    title,
    source: own,
    facts: [...names.map((name) => fact(row, name, viewer)), ...further(row, title)],
  })
  return [
    ...GROUPS.map(group),
    {
      title: 'Lifecycle',
      source: lifecycle && readSource(lifecycle),
      facts: LIFECYCLE.map((name) => fact(row, name, viewer)),
    },
  ]
}

function fact(row: Row, name: Name, viewer: Viewer): FactView {
  const column: Column = devices.columns[name]
  const [key = ''] = keys.find(([, other]) => other === column.column) ?? []
  const elsewhere = row.factSources?.[key]
  return {
    label: column.label,
    value: name === 'va' ? placeOf(row, viewer) : read(column, storedIn(row, name), viewer),
    isCode: column.kind === 'code',
    ...(elsewhere && { source: readSource(elsewhere) }),
  }
}

const read = (column: Column, value: unknown, viewer: Viewer) =>
  value === null || value === undefined || value === '' ? '' : readValue(column, String(value), viewer)

const placeOf = ({ virtualAccountId }: Row, { virtualAccounts }: Viewer) =>
  virtualAccountId === null ? 'In no Virtual Account' : pathOf(virtualAccountId, virtualAccounts)

/** Facts that are no columns of the list. */
function further({ identifiers, siteId, address, state, postalCode }: Row, title: string): FactView[] {
  const text = (label: string, value: string | null, isCode = false) => (value ? [{ label, value, isCode }] : [])
  if (title === 'Identity') return (identifiers ?? []).flatMap(({ name, value }) => text(name, value, true))
  if (title !== 'Place') return []
  return [
    ...text('Site ID', siteId, true),
    ...text('Address', address),
    ...text('State or province', state),
    ...text('Postal code', postalCode, true),
  ]
}

/** All dates of a device's life that are known, in order. */
export function timelineOf(row: Row, day: string): Milestone[] {
  const names = ['shipped', 'coverageStart', 'coverageEnd', 'warrantyEnd', ...LIFECYCLE] as const
  return names
    .flatMap((name) => {
      const date = storedIn(row, name)
      return typeof date === 'string' ? [{ label: devices.columns[name].label, date, isPast: date < day }] : []
    })
    .sort((a, b) => a.date.localeCompare(b.date))
}

/** Coverage and support of a device on a day, in words. */
export function statusOf({ coverageStatus, lastDateOfSupport }: Row, day: string): StatusView[] {
  const { words, tones } = devices.columns.coverage
  const days = lastDateOfSupport === null ? null : (Date.parse(lastDateOfSupport) - Date.parse(day)) / 86_400_000
  const bands = Object.values(devices.bands.support.bands)
  const band = bands.find(({ from = -Infinity, to = Infinity, none }: Band) =>
    days === null ? none === true : !none && days >= from && days <= to,
  )
  return [
    { text: words[coverageStatus], tone: tones[coverageStatus] },
    {
      text: band?.tone === 'bad' ? band.label : `Support: ${band?.label.toLowerCase()}`,
      tone: band?.tone ?? 'neutral',
    },
  ]
}
type Band = { from?: number; to?: number; none?: true }
