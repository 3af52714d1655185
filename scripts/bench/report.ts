import type { Measured } from './measure-list'
import type { SizeResult } from './measure-size'

const START = '<!-- measured by `npm run bench`, do not edit -->'
const END = '<!-- end of what was measured -->'
/** What each part may take of the SQL written by hand, p50 to p50. */
export const BAR = 3
/** A database a hundred times as large may take so much more. */
export const GROWTH_BAR = 2

type Row = SizeResult['measured'][number]
const key = ({ viewer, group, name }: Row) => `${viewer} ${group} ${name}`
const ms = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(1))
const ratio = ({ product, hand }: Measured) => product.p50 / hand.p50
const verdict = (value: number, bar: number) => (value <= bar ? 'ok' : '**over**')

/** The text between the markers replaced; throws where the markers are missing. */
export function between(text: string, part: string): string {
  const [start, end] = [text.indexOf(START), text.indexOf(END)]
  if (start < 0 || end < start) throw new Error('The document has no place for what was measured.')
  return `${text.slice(0, start + START.length)}\n\n${part}\n\n${text.slice(end)}`
}

/** The results of both, by size; what was measured anew in place of what was there. */
export function merged(before: readonly SizeResult[], results: readonly SizeResult[]): SizeResult[] {
  const all = new Map(before.map((result) => [result.devices, result]))
  for (const result of results) {
    const rows = new Map(
      [...(all.get(result.devices)?.measured ?? []), ...result.measured].map((row) => [key(row), row]),
    )
    all.set(result.devices, { ...result, measured: [...rows.values()] })
  }
  return [...all.values()].sort((one, other) => one.devices - other.devices)
}

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** The tables: each size by itself, the growth between sizes, the round trips. */
export function reportOf(results: readonly SizeResult[]): string {
  const last = results.findLast(({ roundTrips }) => roundTrips.length > 0)
  return [...results.map(sizeTable), ...growthTable(results), last ? tripsTable(last) : ''].join('\n\n')
}

/** The orders of a list are many and alike: the one in the middle and the slowest stand for all. */
function shown(measured: readonly Row[]): Row[] {
  const sorts = measured.filter(({ group }) => group === 'sorts').sort((one, other) => ratio(one) - ratio(other))
  const [middle, slowest] = [sorts[Math.floor(sorts.length / 2)], sorts.at(-1)]
  if (!middle || !slowest) return [...measured]
  return [
    ...measured.filter(({ group }) => group !== 'sorts'),
    { ...middle, name: `the middle of ${sorts.length} orders: ${middle.name}` },
    { ...slowest, name: `the slowest: ${slowest.name}` },
  ]
}

function sizeTable({ devices, measured }: SizeResult): string {
  const rows = shown(measured).map((row) => [
    row.viewer === 'account' ? row.group : `${row.group}, some Virtual Accounts`,
    row.name,
    `${ms(row.product.p10)} / ${ms(row.product.p50)}`,
    ms(row.product.all),
    `${ms(row.hand.p10)} / ${ms(row.hand.p50)}`,
    row.bare ? ms(row.bare.p50) : '',
    ratio(row).toFixed(1),
    verdict(ratio(row), BAR),
    row.differences.length > 0 ? '**differs**' : '',
  ])
  const over = measured.filter((row) => ratio(row) > BAR).length
  return [
    `### ${devices.toLocaleString('en-US')} devices in the account`,
    `${measured.length - over} of ${measured.length} within ${BAR}x.`,
    table(
      [
        'part',
        'question',
        'product p10 / p50, ms',
        'in all, ms',
        'by hand p10 / p50, ms',
        'page and total alone, ms',
        'ratio',
        `bar ${BAR}`,
        'answer',
      ],
      rows,
    ),
  ].join('\n\n')
}

/** Product p50 from each size to the next. */
function growthTable(results: readonly SizeResult[]): string[] {
  return results.slice(1).map((larger, index) => {
    const smaller = new Map(results[index]?.measured.map((row) => [key(row), row]))
    const rows = larger.measured.flatMap((row) => {
      const before = smaller.get(key(row))
      if (!before || row.viewer !== 'account' || row.group === 'sorts') return []
      const growth = row.product.p50 / before.product.p50
      const byHand = row.hand.p50 / before.hand.p50
      return [[row.group, row.name, growth.toFixed(1), byHand.toFixed(1), verdict(growth, GROWTH_BAR)]]
    })
    const sizes = [results[index], larger].map((result) => result?.devices.toLocaleString('en-US')).join(' to ')
    return `### Growth from ${sizes}\n\n${table(['part', 'question', 'product', 'by hand', `bar ${GROWTH_BAR}`], rows)}`
  })
}

const tripsTable = ({ roundTrips }: SizeResult) =>
  `### Round trips\n\n${table(
    ['page', 'waits for the database'],
    roundTrips.map(({ name, count }) => [name, String(count)]),
  )}`
