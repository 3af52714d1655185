import 'server-only'
import type { Reader } from '@/db/client'
import { asUser } from '@/lib/access/database'
import { type Reasons, reasonsFor } from '@/lib/access/reasons'
import { pathOf } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { type Compliance, complianceOf, isInForce, substitutionText } from '@/lib/compliance/compliance'
import { type MaskedPak, paksOfLicense } from '@/lib/paks/queries'
import { readDate, readValue } from '@/lib/table/cells'
import { type Neighbours, neighbours } from '@/lib/table/neighbours'
import type { TableQuery } from '@/lib/table/parse'
import type { Column } from '@/lib/table/resource'
import type { FactView, StatusView } from './device-facts'
import { type Happening, historyOf } from './history'
import { daysOf, type LicenseDay } from './license-days'
import { devicesUsing, documentsOf, elsewhere, holdingRow, type LicenseRow, termsOf } from './license-rows'
import { licenses } from './licenses'

type TermRow = Awaited<ReturnType<typeof termsOf>>[number]

export type LicenseDetail = {
  id: number
  title: string
  summary: string
  statuses: StatusView[]
  compliance: Compliance
  facts: FactView[]
  source: string
  terms: (TermRow & { typeText: string; isInForce: boolean; isPast: boolean })[]
  /** The devices in scope that use most, and how much each reports. */
  devices: Awaited<ReturnType<typeof devicesUsing>>
  documents: Awaited<ReturnType<typeof documentsOf>>
  paks: MaskedPak[]
  /** The same license in other Virtual Accounts of the viewer, those with most to spare first. */
  elsewhere: { id: number; place: string; balance: number; quantity: number }[]
  /** What was owned and in use at the end of each day that was kept, the oldest first, and now. */
  days: LicenseDay[]
  /** Its devices in its Virtual Account are not license sufficient. */
  isShort: boolean
  virtualAccountId: number | null
  history: Happening[]
  reasons: Reasons
  neighbours: Neighbours
}

/**
 * All that is known of a license in its Virtual Account and its place in the list of `query`, in two round trips; null
 * where it does not exist for the viewer.
 */
export function loadLicense(viewer: Viewer, id: number, query: TableQuery): Promise<LicenseDetail | null> {
  const day = today()
  return asUser(viewer, async (reader) => {
    const [[row], terms, using, documents, others, days, history, beside, paks] = await Promise.all([
      holdingRow(reader, viewer, id),
      termsOf(reader, viewer, id),
      devicesUsing(reader, viewer, id),
      documentsOf(reader, viewer, id),
      elsewhere(reader, viewer, id),
      daysOf(reader, viewer, id),
      historyOf(reader, viewer, licenses, id),
      neighbours(reader, licenses, viewer, query, day, id),
      paksOfLicense(reader, viewer, id),
    ])
    if (!row) return null
    const places = others.map(({ virtualAccountId, ...other }) => ({
      ...other,
      virtualAccountId,
      place: placeOf(virtualAccountId, viewer),
    }))
    const spares = places.map(({ virtualAccountId, place, balance }) => ({
      virtualAccountId: virtualAccountId ?? 0,
      name: virtualAccountId === null ? 'What is in no Virtual Account' : place,
      quantity: balance,
    }))
    const compliance = complianceOf({ ...row, terms }, day, spares)
    return {
      id,
      title: row.name,
      summary: `${row.sku} · ${placeOf(row.virtualAccountId, viewer)}`,
      statuses: [statusOf(row)],
      compliance,
      facts: factsOf(row, viewer),
      source: `${row.source}, as of ${readDate(row.asOf.toISOString())}`,
      terms: terms.map((term) => ({
        ...term,
        typeText: licenses.columns.type.words[term.type],
        isInForce: isInForce(term, day),
        isPast: term.endDate !== null && term.endDate < day,
      })),
      devices: using,
      documents,
      paks,
      elsewhere: places,
      days: [...days.filter((one) => one.day < day).reverse(), { day, quantity: row.quantity, inUse: row.inUse }],
      isShort: row.status === 'out_of_compliance',
      virtualAccountId: row.virtualAccountId,
      history,
      reasons: await reasonsIn(reader, viewer, row),
      neighbours: beside,
    }
  })
}

/** An order share opens devices, never licenses. */
const reasonsIn = (reader: Reader, viewer: Viewer, { virtualAccountId }: LicenseRow) =>
  reasonsFor(reader, viewer, { deviceId: null, virtualAccountId })

const placeOf = (virtualAccountId: number | null, { virtualAccounts }: Viewer) =>
  virtualAccountId === null ? 'In no Virtual Account' : pathOf(virtualAccountId, virtualAccounts)

function statusOf({ status }: LicenseRow): StatusView {
  const { words, tones } = licenses.columns.status
  return { text: words[status], tone: tones[status] }
}

const FACTS = ['category', 'method', 'type', 'billing', 'quantity', 'inUse', 'reserved', 'balance'] as const

function factsOf(row: LicenseRow, viewer: Viewer): FactView[] {
  const fact = (column: Column, value: string, isCode = false): FactView => ({
    label: column.label,
    value: value === '' ? '' : readValue(column, value, viewer),
    isCode,
  })
  const { sku, va, end } = licenses.columns
  return [
    fact(sku, row.sku, true),
    { label: va.label, value: placeOf(row.virtualAccountId, viewer), isCode: false },
    ...FACTS.map((name) => fact(licenses.columns[name], String(row[name]))),
    ...row.substitutions.map((one) => ({
      label: licenses.columns.substitution.label,
      value: substitutionText(one),
      isCode: false,
    })),
    ...(row.pending > 0 ? [fact(licenses.columns.pending, String(row.pending))] : []),
    fact(end, row.endDate ?? ''),
  ]
}
