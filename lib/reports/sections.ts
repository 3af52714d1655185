import {
  type Category,
  consumptionFigure,
  coverageFigure,
  expirationFigure,
  type Row,
  supportFigure,
} from '@/lib/overview/figures'
import type { Overview } from '@/lib/overview/queries'
import { shareOf } from '@/lib/overview/rules'
import type { OverviewState } from '@/lib/overview/schema'
import { type AssignedKind, assignmentOf, linesOf, type Making } from '@/lib/overview/stats'
import { filterText } from '@/lib/overview/words'
import { percent } from '@/lib/percent'
import { readNumber } from '@/lib/table/cells'
import type { Cell, ReportChart, ReportColumn, ReportSection } from './report'

type Drawn = Pick<ReportChart, 'title' | 'stacking' | 'layout' | 'series' | 'rows'>
type ReadFor = { making: Making; read: Overview; state: OverviewState }

const nowhere = () => undefined
const text = (label: string): ReportColumn => ({ label, kind: 'text' })
const counts = (...labels: string[]): ReportColumn[] => labels.map((label) => ({ label, kind: 'count' }))
const share = (label: string): ReportColumn => ({ label, kind: 'share' })
const nameOf = (label: string) => label || 'Not known'
const valuesOf = ({ values }: Row) => values.map(({ value }) => value)
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
const figure = (label: string, value: number) => ({ label, text: readNumber(value) })
const plural = (n: number, one: string, many: string) => `${readNumber(n)} ${n === 1 ? one : many}`

/** A chart of the rows that have something in them; null where none has. */
function chartOf({ rows, ...drawn }: Drawn): ReportChart | null {
  if (rows.every(({ values }) => values.every((value) => value === 0))) return null
  const said = rows.map(({ label, values }) => {
    const parts = values.map((value, index) => `${readNumber(value)} ${drawn.series[index]?.label.toLowerCase()}`)
    return `${label}: ${parts.join(', ')}`
  })
  return { ...drawn, rows, alt: `${drawn.title}. ${said.join('; ')}.` }
}

export function licenseSection({ read }: ReadFor): ReportSection {
  const { rows, all } = consumptionFigure(read, nowhere)
  const cells = ({ label, quantity, inUse, insufficient, licenses }: Category): Cell[] => [
    nameOf(label),
    licenses,
    quantity.value,
    inUse.value,
    shareOf(inUse.value, quantity.value) ?? null,
    insufficient.value,
  ]
  const short = all.insufficient.value
  const state =
    short === 0
      ? 'no license is insufficient'
      : `${readNumber(short)} of ${plural(all.licenses, 'license is', 'licenses are')} insufficient`
  return {
    kind: 'licenses',
    title: 'License consumption',
    message:
      all.licenses === 0
        ? 'There are no licenses in this scope.'
        : `${percent(all.inUse.value, all.quantity.value)} of the license quantity owned is in use, and ${state}.`,
    filter: '',
    explain:
      'What is owned and what is in use, by category: the architecture of the product. Insufficient: licenses of which more is in use or reserved than is owned in their Virtual Account. Only terms in force today count.',
    figures: [
      { label: 'Share of the quantity in use', text: percent(all.inUse.value, all.quantity.value) },
      figure('Quantity owned', all.quantity.value),
      figure('In use', all.inUse.value),
      figure('Insufficient licenses', short),
    ],
    chart: chartOf({
      title: 'Quantity and use by category',
      stacking: 'none',
      layout: 'bars',
      series: [
        { label: 'Quantity', tone: '1' },
        { label: 'In use', tone: '2' },
      ],
      rows: rows.map(({ label, quantity, inUse }) => ({ label: nameOf(label), values: [quantity.value, inUse.value] })),
    }),
    table: {
      title: 'Licenses by category',
      columns: [
        text('Category'),
        ...counts('Licenses', 'Quantity', 'In use'),
        share('Share in use'),
        ...counts('Insufficient'),
      ],
      rows: rows.map(cells),
      total: cells(all),
    },
  }
}

export function coverageSection({ read, state }: ReadFor): ReportSection {
  const { rows, sums, total } = coverageFigure(read, state.coverage, nowhere)
  const [covered = 0, uncovered = 0, notEligible = 0] = sums.map(({ value }) => value)
  const eligible = covered + uncovered
  const cells = (label: string, [a = 0, b = 0, c = 0]: number[]): Cell[] => [
    label,
    a,
    b,
    c,
    a + b + c,
    shareOf(a, a + b) ?? null,
  ]
  return {
    kind: 'coverage',
    title: 'Device coverage',
    message:
      eligible === 0
        ? 'No device in this scope is eligible for coverage.'
        : `${percent(covered, eligible)} of the devices that can be covered are under a service contract; ${plural(uncovered, 'is', 'are')} not.`,
    filter: filterText(state.coverage),
    explain:
      'Covered: a service contract is in force today. Uncovered: eligible, but the contract has lapsed or there never was one. Not eligible: not sold with coverage. A device on two contracts counts once. The share is of the eligible devices.',
    figures: [
      { label: 'Service coverage', text: percent(covered, eligible) },
      figure('Covered', covered),
      figure('Uncovered', uncovered),
      figure('Not eligible', notEligible),
    ],
    chart: chartOf({
      title: 'Devices by architecture and coverage',
      stacking: 'stacked',
      layout: 'bars',
      series: [
        { label: 'Covered', tone: 'good' },
        { label: 'Uncovered', tone: 'bad' },
        { label: 'Not eligible', tone: '6' },
      ],
      rows: rows.map((row) => ({ label: nameOf(row.label), values: valuesOf(row) })),
    }),
    table: {
      title: 'Devices by architecture',
      columns: [text('Architecture'), ...counts('Covered', 'Uncovered', 'Not eligible', 'Devices'), share('Coverage')],
      rows: rows.map((row) => cells(nameOf(row.label), valuesOf(row))),
      total: [...cells('All architectures', [covered, uncovered, notEligible]).with(4, total.value)],
    },
  }
}

export function supportSection({ read }: ReadFor): ReportSection {
  const { rows, bands, unknown } = supportFigure(read, nowhere)
  const bySpan = bands.map((_, index) => sum(rows.map(({ values }) => values[index]?.value ?? 0)))
  const [, soon = 0, later = 0] = bySpan
  const { pastSupport, total } = read.devices
  const tones = ['bad', 'warn', 'good'] as const
  return {
    kind: 'support',
    title: 'Last date of support',
    message:
      total === 0
        ? 'There are no devices in this scope.'
        : `${percent(pastSupport, total)} of devices are past their last date of support, and ${plural(soon, 'more reaches', 'more reach')} it within twelve months.`,
    filter: '',
    explain:
      'Devices by the year in which the support of their product ends. A device is supported on the date itself. Devices whose product has no announced date are in the table, not in the chart.',
    figures: [
      { label: 'Past their last date of support', text: percent(pastSupport, total) },
      figure('Devices past it', pastSupport),
      figure('Within twelve months', soon),
      figure('Later', later),
    ],
    chart: chartOf({
      title: 'Devices by the year in which support ends',
      stacking: 'stacked',
      layout: 'columns',
      series: bands.map((label, index) => ({ label, tone: tones[index] ?? '6' })),
      rows: rows.map((row) => ({ label: row.label, values: valuesOf(row) })),
    }),
    table: {
      title: 'Devices by year',
      columns: [text('Support ends in'), ...counts(...bands, 'Devices')],
      rows: [
        ...rows.map((row): Cell[] => [row.label, ...valuesOf(row), sum(valuesOf(row))]),
        ['No announced date', ...bands.map(() => 0), unknown.value],
      ],
      total: ['All devices', ...bySpan, total],
    },
  }
}

export function expirationSection({ making, read, state }: ReadFor): ReportSection {
  const lines = linesOf(making, read, state.expiration)
  const { rows } = expirationFigure(read, state, nowhere)
  const both = (name: 'total' | 'expired' | 'next30' | 'next60' | 'next90') =>
    lines.map(({ filtered }) => filtered[name].value)
  const [expired, soon] = [sum(both('expired')), sum(both('next90'))]
  const named = (['expired', 'next30', 'next60', 'next90'] as const).map((name): Cell[] => [
    lines[0]?.filtered[name].label ?? '',
    ...both(name),
    sum(both(name)),
  ])
  const period = state.expirationPeriod === 'quarter' ? 'Quarter' : 'Month'
  return {
    kind: 'expirations',
    title: 'Expiration of contracts and subscriptions',
    message:
      sum(both('total')) === 0
        ? 'There are no products in contracts or subscriptions in this scope.'
        : `${plural(soon, 'product ends', 'products end')} within 90 days, and ${plural(expired, 'has', 'have')} expired already.`,
    filter: filterText(state.expiration),
    explain:
      'Products in service contracts and in subscriptions, by the day on which their term ends. Each line counts once. Expired: ended before today. Next 30, 60 and 90 days: end today or within that many days.',
    figures: [
      figure('End within 90 days', soon),
      figure('End within 30 days', sum(both('next30'))),
      figure('Expired', expired),
      figure('Products in all', sum(both('total'))),
    ],
    chart: chartOf({
      title: `Products by the ${period.toLowerCase()} in which they end`,
      stacking: 'none',
      layout: 'columns',
      series: [
        { label: 'In contracts', tone: '1' },
        { label: 'In subscriptions', tone: '2' },
      ],
      rows: rows.map((row) => ({ label: row.label, values: valuesOf(row) })),
    }),
    table: {
      title: `Products by the end of their term`,
      columns: [text('Term ends'), ...counts('In contracts', 'In subscriptions', 'Together')],
      rows: [...named, ...rows.map((row): Cell[] => [row.label, ...valuesOf(row), sum(valuesOf(row))])],
      total: ['All products', ...both('total'), sum(both('total'))],
    },
  }
}

/** Only for who sees the Assign Status: nothing of it is read for anybody else. */
export function assignmentSection({ making, read }: ReadFor): ReportSection | null {
  if (!read.assignment) return null
  const kinds = assignmentOf(making, read.assignment)
  const part = ({ parts }: AssignedKind, tone: string) => parts.find((one) => one.tone === tone)?.stat.value ?? 0
  const series = [
    { label: 'Assigned', tone: 'good' },
    { label: 'Partly assigned', tone: '1' },
    { label: 'In DEFAULT', tone: 'warn' },
    { label: 'In none', tone: 'bad' },
  ] as const
  const values = (kind: AssignedKind) => series.map(({ tone }) => part(kind, tone))
  const [devices] = kinds
  const [assigned, , inDefault, inNone] = devices ? values(devices) : []
  return {
    kind: 'assignment',
    title: 'Device assignment status',
    message:
      !devices || devices.total.value === 0
        ? 'There are no devices in this scope.'
        : `${percent(assigned ?? 0, devices.total.value)} of devices are assigned to a Virtual Account; ${plural((inDefault ?? 0) + (inNone ?? 0), 'waits', 'wait')} in DEFAULT or in none.`,
    filter: '',
    explain:
      'How many assets, entitlements and orders are in a Virtual Account other than DEFAULT, in DEFAULT, and in none. An order with lines of both kinds is partly assigned. Only Smart Account Administrators see this.',
    figures: [
      { label: 'Devices assigned', text: percent(assigned ?? 0, devices?.total.value ?? 0) },
      ...kinds.slice(1, 4).map((kind) => ({
        label: `${kind.kind} assigned`,
        text: percent(part(kind, 'good'), kind.total.value),
      })),
    ],
    chart: chartOf({
      title: 'Share assigned, by kind',
      stacking: 'shares',
      layout: 'bars',
      series: [...series],
      rows: kinds.map((kind) => ({ label: kind.kind, values: values(kind) })),
    }),
    table: {
      title: 'Assignment by kind',
      columns: [text('Kind'), ...counts(...series.map(({ label }) => label), 'In all'), share('Share assigned')],
      rows: kinds.map((kind) => [
        kind.kind,
        ...values(kind),
        kind.total.value,
        shareOf(part(kind, 'good'), kind.total.value) ?? null,
      ]),
    },
  }
}
