import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { childEnvironment } from '@/lib/env'
import { serverSecrets } from '@/scripts/own-secrets'
import { NOW } from '../people'
import { connectAs, openScene } from '../scene'
import { withoutSearchPolicy } from '../walls'
import { type CodeMutation, mutationsOf } from './scan'
import { askIn, copyTree, eachIn, type Tree } from './trees'

/** What became of a mutation: the answer that shows it, or null when nobody noticed; whether anything comes to it at all. */
export type Outcome = { mutation: CodeMutation; shownBy: string | null; isAsked: boolean }

/** Every check of lib taken away, found by reading its sources. */
export function codeMutations(): CodeMutation[] {
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .map((name) => `lib/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name))
  return files.sort().flatMap((file) => mutationsOf(file, readFileSync(file, 'utf8')))
}

const AT_ONCE = 2

/**
 * Runs the questions of the matrix that come to it against each mutation, on the owner's connection, where row security
 * does not hold, in a database of its own. What is right comes from the sources as they are, with row security.
 */
export async function tryCode(mutations: readonly CodeMutation[], tell: (outcome: Outcome) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'license-central-answers-'))
  // With fewer devices there are fewer orders, and some shares of the fixture have none to be of.
  const scene = await openScene(800)
  const trees = Array.from({ length: AT_ONCE }, () => copyTree())
  const admin = postgres(databaseAt(scene.ownerUrl, 'postgres'), { max: 1, onnotice: () => undefined })
  const source = new URL(scene.ownerUrl).pathname.slice(1)
  const answers = join(folder, 'answers.json')
  try {
    await scene.owner.end()
    const [first] = trees
    if (!first) return
    const ask = async (tree: Tree, mode: string, url: string) => {
      const { isSame, said } = await askIn(tree, [mode, answers], environment(url, scene.ownerUrl))
      if (!isSame) throw new Error(`The questions cannot be asked:\n${said}`)
    }
    await ask(first, 'keep', scene.appUrl)
    const owner = connectAs(scene.ownerUrl)
    await withoutSearchPolicy(owner)
    await owner.end()
    // Where row security does not hold: behind it nobody comes to a check of what it has hidden already.
    const probing = copyTree(new Set(mutations.map(({ file }) => file)))
    await ask(probing, 'ways', scene.ownerUrl)
    probing.remove()
    const { ways } = JSON.parse(readFileSync(answers, 'utf8')) as { ways: Record<string, string[]> }

    let databases = 0
    const judge = async (tree: Tree, mutation: CodeMutation | null) => {
      const name = `${source}_${++databases}`
      await admin.unsafe(`create database ${name} template ${source}`)
      const url = databaseAt(scene.ownerUrl, name)
      const { said, isSame } = await tree.with(mutation, () =>
        askIn(tree, ['compare', answers, mutation?.site ?? ''], environment(url, url)),
      )
      await admin.unsafe(`drop database ${name} with (force)`)
      return isSame ? null : said || 'it does not run'
    }
    const unchanged = await judge(first, null)
    if (unchanged) throw new Error(`The first wall does not hold as it is:\n${unchanged}`)
    await eachIn(trees, mutations, async (tree, mutation) => {
      const isAsked = mutation.site in ways
      tell({ mutation, shownBy: isAsked ? await judge(tree, mutation) : null, isAsked })
    })
  } finally {
    await admin.end()
    for (const tree of trees) tree.remove()
    rmSync(folder, { recursive: true, force: true })
    await scene.drop()
  }
}

function environment(url: string, ownerUrl: string): NodeJS.ProcessEnv {
  const settings = { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, NEXTAUTH_URL: 'http://127.0.0.1:4000' }
  const few = { DATABASE_CONNECTIONS: '4' }
  return childEnvironment({ ...serverSecrets(), ...settings, ...few, DEMO: '1', DEMO_NOW: NOW, NODE_ENV: 'test' })
}

function databaseAt(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}
