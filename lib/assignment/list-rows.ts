import { Invalid } from '@/lib/errors'
import { readCsv } from '@/lib/importing/csv'

/** A row of a list as it was given; `line` from 1. */
export type ListRow = { line: number; identifier: string; target: string; quantity: number | null; from: string }

export const LIST_AT_MOST = 10_000

const NAMES = {
  identifier: ['identifier', 'serial number', 'serial', 'device', 'sku', 'license'],
  target: ['target virtual account', 'target', 'to', 'virtual account'],
  quantity: ['quantity', 'quantity to reassign'],
  from: ['from', 'from virtual account', 'current virtual account'],
} as const
const ORDER = ['identifier', 'target', 'quantity', 'from'] as const

/**
 * Reads identifier, target, quantity and from, with a header or in this order; commas, semicolons or tabs. Rows that cannot
 * be used are problems, one sentence each. Throws Invalid when there is nothing to read.
 */
export function readList(text: string): { rows: ListRow[]; problems: string[] } {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (!trimmed) throw new Invalid(['Choose a file, or paste rows.'])
  const [first = ''] = trimmed.split(/\r?\n/, 1)
  const separator = [',', ';', '\t'].find((one) => first.includes(one)) ?? ','
  const cells = first.split(separator).map(plain)
  const hasHeader = cells.some((cell) => NAMES.target.some((name) => name === cell))
  const table = readCsv(hasHeader ? trimmed : `${ORDER.join(separator)}\n${trimmed}`)
  const at = columnsOf(table.headers)
  const rows: ListRow[] = []
  const problems: string[] = []
  for (const { line, cells: found } of table.rows()) {
    if (rows.length === LIST_AT_MOST)
      throw new Invalid([`A list has ${LIST_AT_MOST.toLocaleString('en-US')} rows at most. Split it.`])
    const cell = (name: keyof typeof at) => (at[name] < 0 ? '' : (found[at[name]] ?? '').normalize('NFKC').trim())
    const row = { line: hasHeader ? line : line - 1, identifier: cell('identifier'), target: cell('target') }
    const quantity = cell('quantity')
    const problem = problemOf(row, quantity)
    if (problem) problems.push(`Line ${row.line}: ${problem}`)
    else rows.push({ ...row, quantity: quantity ? Number(quantity) : null, from: cell('from') })
  }
  return { rows, problems }
}

const plain = (cell: string) => cell.replaceAll('"', '').trim().toLowerCase()

function columnsOf(headers: readonly string[]) {
  const place = (names: readonly string[]) => headers.findIndex((header) => names.includes(plain(header)))
  const at = { ...placesOf(place) }
  if (at.identifier < 0 || at.target < 0)
    throw new Invalid(['The header needs a column “identifier” and a column “target”.'])
  return at
}

const placesOf = (place: (names: readonly string[]) => number) => ({
  identifier: place(NAMES.identifier),
  target: place(NAMES.target),
  quantity: place(NAMES.quantity),
  from: place(NAMES.from),
})

function problemOf({ identifier, target }: { identifier: string; target: string }, quantity: string): string | null {
  if (!identifier) return 'it names no device or license.'
  if (!target) return `“${identifier.slice(0, 60)}” has no target Virtual Account.`
  return quantity === '' || /^[1-9]\d{0,8}$/.test(quantity) ? null : `“${quantity.slice(0, 20)}” is no quantity.`
}
