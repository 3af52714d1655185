import type { FigureRow } from './types'

/** Round steps from zero to at least `max`, about four of them; whole numbers, because everything here is counted. */
export function niceTicks(max: number): number[] {
  if (max <= 0) return [0, 1]
  const rough = Math.max(1, max / 4)
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough) ?? 10
  const step = Math.ceil(factor * power)
  const steps = Math.ceil(max / step)
  return Array.from({ length: steps + 1 }, (_, index) => index * step)
}

/** The longest bar: the sum of a row's values where they are stacked, the largest of them where they stand side by side. */
export function longest(rows: FigureRow[], stacked: boolean): number {
  const lengths = rows.map(({ values }) => {
    const numbers = values.map(({ value }) => value)
    return stacked ? numbers.reduce((sum, value) => sum + value, 0) : Math.max(0, ...numbers)
  })
  return Math.max(0, ...lengths)
}

/** 12,345 */
export const count = (value: number) => value.toLocaleString('en-US')

/** 12k, 1.2M: for axes, where the table beside has the exact number. */
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
export const shortCount = (value: number) => compact.format(value)
