/**
 * The product's colors as files have them: the light values of components/ui/tokens.css, without `#`. Libraries that
 * draw charts have colors of their own, so these are always given to them.
 */
export const palette = {
  ink: '231a29',
  'ink-muted': '625869',
  line: 'e1dbe5',
  surface: 'f6f4f7',
  'surface-raised': 'ffffff',
  accent: '6b2a70',
  'accent-soft': 'f3e6f4',
  bar: '2b1930',
  'bar-ink': 'f7f1f8',
  'bar-ink-muted': 'cdbfd2',
  'bar-seal': 'e3ad62',
  'chart-1': '6b2a70',
  'chart-2': '0d8a86',
  'chart-6': '857b8d',
  'chart-good': '2b8a5a',
  'chart-bad': 'c13c38',
  'chart-warn': 'b8780a',
} as const

export type ChartTone = '1' | '2' | '6' | 'good' | 'bad' | 'warn'

export const chartColor = (tone: ChartTone): string => palette[`chart-${tone}`]
