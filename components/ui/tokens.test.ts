import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const source = readFileSync(join(__dirname, 'tokens.css'), 'utf8')

/** Light and dark value of each color token that is a plain color. */
const colors = new Map(
  [...source.matchAll(/--color-([\w-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));/g)].map(
    ([, name = '', light, dark, both]) => [name, [light ?? both ?? '', dark ?? both ?? '']] as const,
  ),
)

/** Relative luminance after WCAG 2.2. */
function luminance(hex: string) {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(front: string, back: string, theme: 0 | 1) {
  const pair = [front, back].map((name) => {
    const color = colors.get(name)
    if (!color) throw new Error(`There is no color "${name}" in tokens.css`)
    return luminance(color[theme])
  })
  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05)
}

const statuses = ['good', 'warn', 'bad', 'info']
const surfaces = ['surface', 'surface-raised', 'surface-sunken', 'surface-hover', 'accent-soft']
const charts = ['1', '2', '3', '4', '5', '6', 'good', 'warn', 'bad'].map((tone) => `chart-${tone}`)

const text = [
  ...surfaces.flatMap((back) => ['ink', 'ink-muted', 'accent', 'accent-hover'].map((front) => [front, back])),
  ...statuses.flatMap((front) => [...surfaces.slice(0, 2), `${front}-soft`].map((back) => [front, back])),
  ...statuses.map((status) => ['ink', `${status}-soft`]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['surface', 'ink'],
  ['bar-ink', 'bar'],
  ['bar-ink', 'bar-raised'],
  ['bar-ink-muted', 'bar'],
  ['bar-ink-muted', 'bar-raised'],
]
const drawn = [
  ...surfaces.slice(0, 4).flatMap((back) => ['line-strong', 'focus'].map((front) => [front, back])),
  ...charts.map((front) => [front, 'surface-raised']),
  ['bar-line', 'bar'],
  ['bar-seal', 'bar'],
  ['seal', 'surface-raised'],
]
const inBothThemes = (pairs: string[][]) =>
  pairs.flatMap(([front = '', back = '']) => ([0, 1] as const).map((theme) => [front, back, theme] as const))

test.each(inBothThemes(text))('%s can be read on %s (theme %d)', (front, back, theme) => {
  expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(4.5)
})

test.each(inBothThemes(drawn))('%s can be seen on %s (theme %d)', (front, back, theme) => {
  expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(3)
})
