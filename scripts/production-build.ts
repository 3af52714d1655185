import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { childEnvironment } from '@/lib/env'
import { startNode } from './run'

const SOURCES = [
  ...['app', 'components', 'db', 'lib', 'public', 'middleware.ts', 'instrumentation.ts'],
  ...['next.config.js', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'],
]
const MARK = join('.next', 'sources.sha256')

/** Makes the production build in `.next/`, unless the one there was made from exactly these sources. */
export async function ensureBuild(cleanup: (task: () => Promise<unknown>) => void): Promise<'built' | 'reused'> {
  const sources = hashOf(SOURCES)
  if (buildExists() && existsSync(MARK) && readFileSync(MARK, 'utf8') === sources) return 'reused'
  const building = startNode('next/dist/bin/next', ['build'], { env: childEnvironment({ NODE_ENV: 'production' }) })
  cleanup(building.stop)
  if ((await building.ended) !== 0) throw new Error('The production build failed; its messages are above.')
  writeFileSync(MARK, sources)
  return 'built'
}

/** Whether there is a production build to serve. */
export function buildExists(): boolean {
  return existsSync(join('.next', 'BUILD_ID'))
}

function hashOf(paths: string[]): string {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesUnder)) hash.update(`${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

function filesUnder(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return []
  if (found.isFile()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}
