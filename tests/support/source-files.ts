import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOMS = ['app', 'components', 'db', 'lib', 'scripts', 'tests']

/** A source file by its path from the root of the repository, and what it imports as such paths or package names. */
export type SourceFile = { path: string; text: string; imports: { target: string; typeOnly: boolean }[] }

/** Every source file of the rooms and of the root: TypeScript, JavaScript and style sheets. */
export function sourceFiles(): SourceFile[] {
  const root = readdirSync('.').filter((name) => /\.(ts|js|mjs)$/.test(name) && name !== 'next-env.d.ts')
  const inRooms = ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) =>
      path.posix.join(room, name.replaceAll('\\', '/')),
    ),
  )
  return [...root, ...inRooms]
    .filter((name) => /\.(tsx?|m?js|css)$/.test(name))
    .map((name) => sourceFile(name, readFileSync(name, 'utf8')))
}

/** Reads the imports out of a text; exported so that a rule can be tried on a file that does not exist. */
export function sourceFile(name: string, text: string): SourceFile {
  const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
  const dynamic = /\bimport\(\s*['"]([^'"]+)['"]/g
  const imports = [
    ...[...text.matchAll(statement)].map(([, type, target]) => ({
      target: resolve(name, target),
      typeOnly: Boolean(type),
    })),
    ...[...text.matchAll(dynamic)].map(([, target]) => ({ target: resolve(name, target), typeOnly: false })),
  ]
  return { path: name, text, imports }
}

function resolve(from: string, target = ''): string {
  if (target.startsWith('@/')) return target.slice(2)
  return target.startsWith('.') ? path.posix.join(path.posix.dirname(from), target) : target
}
