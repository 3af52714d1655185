import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Running, start } from '@/scripts/run'
import { type CodeMutation, withProbes } from './scan'

/** A copy of the sources in which one file at a time is another one; the repository itself is never touched. */
export type Tree = {
  folder: string
  with<T>(mutation: CodeMutation | null, work: () => Promise<T>): Promise<T>
  remove(): void
}

/** A copy to ask the questions of the matrix in; the checks of `probed` tell when one comes to them. */
export function copyTree(probed: Iterable<string> = []): Tree {
  const tree = copyOf(['lib', 'db', 'tests', 'scripts', 'package.json', 'tsconfig.json'], withThresholds)
  mkdirSync(join(tree.folder, '.data'))
  // Next's own functions, such as notFound(), need the React of a browser; what is for the server only is none of its business.
  change(
    join(tree.folder, 'tsconfig.json'),
    /"@\/\*": \["\.\/\*"\]/,
    '"@/*": ["./*"], "server-only": ["./tests/support/empty.ts"]',
  )
  // Who is signed in is for the test to say.
  writeFileSync(join(tree.folder, 'lib/auth.ts'), `export * from '@/tests/support/viewer'\n`)
  for (const [file, pattern, small] of THRESHOLDS) change(join(tree.folder, file), pattern, small)
  probe(tree, probed)
  return tree
}

/** A copy to run the integration tests in, as the owner of the database; the checks of `probed` tell what comes to them. */
export function copyOfTests(probed: Iterable<string> = []): Tree {
  const folders = ['app', 'components', 'lib', 'db', 'scripts', 'tests', 'docs']
  const files = readdirSync('.').filter((name) => /\.(json|ts|js|mjs|md)$/.test(name))
  const tree = copyOf([...folders, ...files])
  mkdirSync('.data', { recursive: true })
  symlinkSync(resolve('.data'), join(tree.folder, '.data'))
  change(
    join(tree.folder, 'tests/support/database.ts'),
    /return { ownerUrl, appUrl,/,
    'return { ownerUrl, appUrl: ownerUrl,',
  )
  // Demo data is the same whatever is taken away, and made once: else each tree would drop what another one is about to copy.
  change(join(tree.folder, 'tests/support/database.ts'), /hashOf\(\[day, .*?\]\)/, 'hashOf([day])')
  probe(tree, probed)
  return tree
}

function probe({ folder }: Tree, files: Iterable<string>): void {
  for (const file of files) {
    const path = join(folder, file)
    writeFileSync(path, withProbes(file, readFileSync(path, 'utf8')))
  }
}

function copyOf(names: readonly string[], textOf = ({ text }: CodeMutation) => text): Tree {
  const folder = mkdtempSync(join(tmpdir(), 'license-central-mutation-'))
  for (const name of names) cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return {
    folder,
    async with(mutation, work) {
      if (!mutation) return work()
      const path = join(folder, mutation.file)
      const before = readFileSync(path, 'utf8')
      writeFileSync(path, textOf(mutation))
      try {
        return await work()
      } finally {
        writeFileSync(path, before)
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

// The ways that a list takes above so many rows are taken by the few of a test too; nothing is refused for being slow.
const THRESHOLDS: readonly (readonly [string, RegExp, string])[] = [
  ['lib/table/resource.ts', /COUNT_CAP = [\d_]+/, 'COUNT_CAP = 120'],
  ['lib/table/plans.ts', /FEW_ROWS = [\d_]+/, 'FEW_ROWS = 60'],
  ['lib/table/page.ts', /PROBE_ROWS = [\d_]+/, 'PROBE_ROWS = 40'],
  ['lib/access/database.ts', /READ_DEADLINE_MS = [\d_]+/, 'READ_DEADLINE_MS = 120_000'],
  ['db/client.ts', /statementTimeout = [\d_]+/, 'statementTimeout = 120_000'],
  ['lib/search/find-license.ts', /LEADS_AT_MOST = [\d_]+/, 'LEADS_AT_MOST = 2'],
  ['lib/table/neighbours.ts', /PROBE_ROWS = [\d_]+/, 'PROBE_ROWS = 3'],
  // A connection keeps each statement that it has planned, from the first time on.
  ['db/kept-shapes.ts', /SEEN_BEFORE = [\d_]+/, 'SEEN_BEFORE = 0'],
  ['db/client.ts', /keptShapes\([\d_]+\)/, 'keptShapes(3000)'],
]

function withThresholds({ file, text }: CodeMutation): string {
  const here = THRESHOLDS.filter(([name]) => name === file)
  return here.reduce((changed, [, pattern, small]) => changed.replace(pattern, small), text)
}

function change(file: string, pattern: RegExp, small: string): void {
  const text = readFileSync(file, 'utf8')
  if (!pattern.test(text)) throw new Error(`${file} has no ${pattern} any more.`)
  writeFileSync(file, text.replace(pattern, small))
}

/** Tries each mutation in the next tree that is free. */
export async function eachIn(
  trees: readonly Tree[],
  mutations: readonly CodeMutation[],
  work: (tree: Tree, mutation: CodeMutation) => Promise<void>,
): Promise<void> {
  const waiting = [...mutations]
  await Promise.all(
    trees.map(async (tree) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await work(tree, next)
    }),
  )
}

/** Runs ask.ts in a tree. Resolves to what it printed, and whether it found nothing. */
export async function askIn(
  { folder }: Tree,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<{ said: string; isSame: boolean }> {
  const flags = ['--import', 'tsx', 'tests/matrix/mutations/ask.ts', ...args]
  const running: Running = start(process.execPath, flags, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  running.child.stdout?.on('data', (piece) => {
    said += piece
  })
  running.child.stderr?.on('data', (piece) => {
    said += piece
  })
  const isSame = (await running.ended) === 0
  return { said: said.trim(), isSame }
}
