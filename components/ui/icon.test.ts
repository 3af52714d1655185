import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const read = (name: string) => readFileSync(join(__dirname, name), 'utf8')

test('every icon that can be named is drawn, and nothing else', () => {
  const named = [...read('icon.tsx').matchAll(/^ {2}\| '([\w-]+)'/gm)].map(([, name]) => name)
  const drawn = [...read('icons.svg').matchAll(/<path id="([\w-]+)"/g)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(40)
  expect(named).toEqual(drawn)
})
