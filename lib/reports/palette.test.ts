import { readFileSync } from 'node:fs'
import { palette } from './palette'

test('files have the colors of the product', () => {
  const tokens = readFileSync('components/ui/tokens.css', 'utf8')
  const lightOf = (name: string) =>
    new RegExp(`--color-${name}: (?:light-dark\\()?#(\\w{6})`).exec(tokens)?.[1] ?? `no ${name}`
  expect(palette).toEqual(Object.fromEntries(Object.keys(palette).map((name) => [name, lightOf(name)])))
})
