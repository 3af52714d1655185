import { complianceOf, isInForce, type Substitution } from '@/lib/compliance/compliance'
import { nestedRows } from './json'
import { code, count, date, onlyOnce, RowProblem, rowOfRecord, text } from './rules'
import { byId, jsonField, type Row, type RowReader, required } from './schema'

/** The licenses of an answer of the Smart Accounts & Licensing API: one a license and Virtual Account. */
export const licenseFields = [
  required(jsonField('name', 'license')),
  required(jsonField('virtualAccount', 'virtualAccount')),
  required(jsonField('quantity', 'quantity')),
  required(jsonField('inUse', 'inUse')),
  jsonField('reserved', 'reserved'),
  jsonField('billing', 'billingType'),
  jsonField('details', 'licenseDetails'),
  jsonField('pending', 'pendingQuantity'),
  jsonField('substitutions', 'licenseSubstitutions'),
]
const fields = byId(licenseFields)

const detail = byId([
  jsonField('type', 'licenseType'),
  jsonField('quantity', 'quantity'),
  jsonField('start', 'startDate'),
  jsonField('end', 'endDate'),
  jsonField('subscription', 'subscriptionId'),
  jsonField('status', 'status'),
])

const substitution = byId([
  jsonField('license', 'licenseName', 'license'),
  jsonField('other', 'substitutedLicense'),
  jsonField('quantity', 'substitutedQuantity'),
  jsonField('kind', 'substitutionType'),
])

export const licenseLabels: Record<string, string> = {
  name: 'License',
  sku: 'SKU',
  category: 'Category',
  method: 'Licensing method',
  type: 'Type',
  billing: 'Billing',
  quantity: 'Quantity',
  inUse: 'In use',
  reserved: 'Reserved',
  status: 'Status',
  endDate: 'End date',
  terms: 'Terms',
  pending: 'Pending',
  substitutions: 'Substitution',
  virtualAccountId: 'Virtual Account',
}

type Term = {
  type: string
  quantity: number
  startDate: string | null
  endDate: string | null
  subscription: string | null
}

/** STANDARD is seen on what is billed by use: it has no end. */
const TYPES: Readonly<Record<string, string>> = {
  TERM: 'TERM',
  PERPETUAL: 'PERPETUAL',
  DEMO: 'DEMO',
  STANDARD: 'PERPETUAL',
}

export const licenseReader: RowReader = ({ unit, day }) => {
  const once = onlyOnce('The license', unit)
  return (row, line) => {
    const name = text(row, fields.name)
    const virtualAccount = text(row, fields.virtualAccount)
    if (!name) throw new RowProblem('license is empty.')
    if (!virtualAccount) throw new RowProblem('virtualAccount is empty.')
    const key = `${name} in ${virtualAccount}`
    return once(key, line, () => ({
      key,
      data: { name, ...holdingOf(row, day, name) },
      about: { virtualAccount, day },
    }))
  }
}

/** What is owned, used and reserved. The quantity that no detail speaks of is owned without an end. */
function holdingOf(row: Row, day: string, name: string): Record<string, unknown> {
  const quantity = count(row, fields.quantity)
  const inUse = count(row, fields.inUse)
  if (quantity === undefined || inUse === undefined) throw new RowProblem('quantity or inUse is empty.')
  const reserved = count(row, fields.reserved) ?? 0
  const named = termsOf(row('details'))
  const substitutions = substitutionsOf(row('substitutions'), name)
  const rest = quantity - named.filter((term) => isInForce(term, day)).reduce((sum, term) => sum + term.quantity, 0)
  if (rest < 0) throw new RowProblem(`licenseDetails in force add up to ${quantity - rest}, quantity says ${quantity}.`)
  const unnamed = { type: 'PERPETUAL', quantity: rest, startDate: null, endDate: null, subscription: null }
  const terms = rest > 0 ? [...named, unnamed] : named
  const inForce = terms.filter((term) => isInForce(term, day))
  const ends = inForce.flatMap(({ endDate }) => endDate ?? []).sort()
  const first = inForce.find(({ endDate }) => endDate === (ends[0] ?? null)) ?? terms[0]
  return {
    ...{
      quantity,
      inUse,
      reserved,
      billing: billingOf(row),
      type: first?.type ?? 'PERPETUAL',
      endDate: ends[0] ?? null,
    },
    pending: count(row, fields.pending) ?? 0,
    substitutions,
    status: complianceOf({ terms, substitutions, reserved, inUse }, day).state,
    method: named.some(({ subscription }) => subscription?.startsWith('SR')) ? 'enterprise_agreement' : 'smart',
    terms,
  }
}

function billingOf(row: Row): string {
  const billing = (text(row, fields.billing, 30) ?? 'PREPAID').toUpperCase()
  if (billing !== 'PREPAID' && billing !== 'USAGE') throw new RowProblem(`billingType “${billing}” is not known.`)
  return billing
}

function termsOf(cell: string | undefined): Term[] {
  if (cell === undefined) return []
  const details = nestedRows(cell)
  if (!details) throw new RowProblem('licenseDetails is not a list of records.')
  return details
    .map((record) => rowOfRecord(record, Object.values(detail)))
    .filter((row) => (row('status') ?? 'ACTIVE').toUpperCase() === 'ACTIVE')
    .map(termOf)
}

/** What stands in for the license, and for what it stands in, in one order however the file has them. */
function substitutionsOf(cell: string | undefined, name: string): Substitution[] {
  if (cell === undefined) return []
  const records = nestedRows(cell)
  if (!records) throw new RowProblem('licenseSubstitutions is not a list of records.')
  return records
    .map((record) => substitutionOf(rowOfRecord(record, Object.values(substitution)), name))
    .filter(({ quantity }) => quantity > 0)
    .sort((a, b) => `${a.kind} ${a.license}`.localeCompare(`${b.kind} ${b.license}`, 'en') || a.quantity - b.quantity)
}

function substitutionOf(row: Row, name: string): Substitution {
  const given = text(row, substitution.kind, 60) ?? ''
  const kind = /\bby\b/i.test(given) ? 'byThis' : /\bfor\b/i.test(given) ? 'forThis' : undefined
  if (!kind) throw new RowProblem(`substitutionType “${given}” is not known.`)
  const other = [text(row, substitution.other), text(row, substitution.license)].find((one) => one && one !== name)
  if (!other) throw new RowProblem('A licenseSubstitution names no other license.')
  const quantity = count(row, substitution.quantity)
  if (quantity === undefined) throw new RowProblem('The quantity of a licenseSubstitution is empty.')
  return { kind, license: other, quantity }
}

function termOf(row: Row): Term {
  const given = (text(row, detail.type, 30) ?? 'PERPETUAL').toUpperCase()
  const type = TYPES[given]
  if (!type) throw new RowProblem(`licenseType “${given}” is not known.`)
  const quantity = count(row, detail.quantity)
  if (quantity === undefined) throw new RowProblem('The quantity of a licenseDetail is empty.')
  const [startDate, endDate] = [date(row, detail.start) ?? null, date(row, detail.end) ?? null]
  if (startDate && endDate && endDate < startDate)
    throw new RowProblem(`endDate ${endDate} is before startDate ${startDate}.`)
  return { type, quantity, startDate, endDate, subscription: code(row, detail.subscription) ?? null }
}
