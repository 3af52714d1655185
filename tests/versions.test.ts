import { readFileSync } from 'node:fs'

type Lock = { packages: Record<string, { version?: string; name?: string }> }

// Versions below these have known holes: never again, whatever asks for them.
const LEAST: Record<string, string> = {
  next: '16.4.6',
  react: '19.3.1',
  'react-dom': '19.3.1',
  'next-auth': '4.24.15',
  'drizzle-orm': '0.45.4',
}
// Packages with holes that nobody has closed.
const REFUSED = ['exceljs', 'xlsx']

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
const installed = Object.entries(packages)
  .filter(([path]) => path !== '')
  .map(([path, { version = '', name }]) => ({ name: name ?? path.replace(/^.*node_modules\//, ''), version }))

const parts = (version: string) => (version.split('-')[0] ?? '').split('.').map(Number)

function isBelow(version: string, least: string): boolean {
  const [have, want] = [parts(version), parts(least)]
  const difference = want.findIndex((number, index) => number !== have[index])
  return difference >= 0 && (have[difference] ?? 0) < (want[difference] ?? 0)
}

test.each(Object.entries(LEAST))('every installed %s is at least %s', (name, least) => {
  const versions = installed.filter((one) => one.name === name).map((one) => one.version)
  expect(versions.length).toBeGreaterThan(0)
  expect(versions.filter((version) => isBelow(version, least))).toEqual([])
})

test('packages with open holes are not installed', () => {
  expect(installed.filter((one) => REFUSED.includes(one.name))).toEqual([])
})

test('the lock file names no download address', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "http/)
})

test('versions are compared by number', () => {
  expect(isBelow('16.4.5', '16.4.6')).toBe(true)
  expect(isBelow('16.10.0', '16.4.6')).toBe(false)
  expect(isBelow('16.4.6', '16.4.6')).toBe(false)
})
