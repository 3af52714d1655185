import { type SourceFile, sourceFile, sourceFiles } from './support/source-files'

type Rule = {
  why: string
  /** Files that the rule holds for, and those that it excepts. */
  from: RegExp
  except?: RegExp
  never: RegExp
  /** Types may cross where values may not. */
  typesToo?: boolean
}

const drawing = /^(react|react-dom|next)(\/|$)/

const RULES: Rule[] = [
  {
    why: 'db knows nobody',
    from: /^db\//,
    except: /^db\/seed\//,
    never: /^(app|components|lib|scripts|tests)\//,
    typesToo: true,
  },
  { why: 'lib does not know the pages', from: /^lib\//, never: /^(app|components|scripts|tests)\//, typesToo: true },
  {
    why: 'components do not know pages or the database',
    from: /^components\//,
    never: /^(app|db|scripts|tests)\//,
    typesToo: true,
  },
  { why: 'pages reach the database through lib', from: /^app\//, never: /^(db|scripts|tests)\//, typesToo: true },
  { why: 'drizzle only in lib and db', from: /^(app|components|middleware)/, never: /^drizzle-orm/, typesToo: true },
  {
    why: 'database drivers only in lib and db',
    from: /^(app|components|middleware)/,
    never: /^(postgres|pg|pg-copy-streams)$/,
  },
  { why: 'lib decides, it does not draw', from: /^lib\//, except: /^lib\/(auth|access\/)/, never: drawing },
  {
    why: 'the product does not need its tests',
    from: /^(app|components|lib|db)\//,
    never: /^(tests|@playwright|@testing-library|jest)/,
  },
]

const isTest = (file: SourceFile) => /\.(test|spec)\.tsx?$|^tests\//.test(file.path)
const serverOnly = (file: SourceFile) => file.imports.some(({ target }) => target === 'server-only')

/** What breaks a rule, as `file -> import: why`. */
function violations(files: SourceFile[]): string[] {
  const guarded = new Set(files.filter(serverOnly).map((file) => file.path.replace(/\.tsx?$/, '')))
  return files
    .filter((file) => !isTest(file))
    .flatMap((file) => {
      const rules = RULES.filter((rule) => rule.from.test(file.path) && !rule.except?.test(file.path))
      return file.imports.flatMap(({ target, typeOnly }) => {
        const broken = rules.filter((rule) => rule.never.test(target) && (rule.typesToo || !typeOnly))
        const why = broken.map((rule) => rule.why)
        if (file.path.startsWith('components/') && guarded.has(target) && !typeOnly)
          why.push('components take data, never queries')
        return why.map((text) => `${file.path} -> ${target}: ${text}`)
      })
    })
}

/** Files of lib that use the database without a guard against being sent to the browser. */
function unguarded(files: SourceFile[]): string[] {
  return files
    .filter((file) => file.path.startsWith('lib/') && !isTest(file) && !serverOnly(file))
    .filter((file) =>
      file.imports.some(({ target, typeOnly }) => !typeOnly && /^(db\/(?!schema)|postgres$|pg$)/.test(target)),
    )
    .map((file) => file.path)
}

const files = sourceFiles()
const lines = (file: SourceFile) => file.text.split('\n').length - 1

test('the rooms are seen', () => {
  for (const room of ['app', 'components', 'db', 'lib', 'scripts', 'tests']) {
    expect(files.filter((file) => file.path.startsWith(`${room}/`)).length).toBeGreaterThan(3)
  }
  expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(100)
})

test('imports run one way', () => {
  expect(violations(files)).toEqual([])
})

test.each([
  ['components/table/pager.tsx', `import { db } from '@/db/client'`],
  ['components/table/pager.tsx', `import { save } from '../../app/my/actions'`],
  ['components/table/pager.tsx', `import {\n  planted,\n} from '@/lib/planted'`],
  ['app/page.tsx', `import type { Device } from '@/db/schema/devices'`],
  ['app/page.tsx', `export { eq } from 'drizzle-orm'`],
  ['lib/paths.ts', `const page = await import('@/app/page')`],
  ['lib/paths.ts', `import { useState } from 'react'`],
  ['db/client.ts', `import '@/lib/env'`],
])('a planted import is found: %s %s', (path, text) => {
  const guarded = sourceFile('lib/planted.ts', `import 'server-only'`)
  expect(violations([guarded, sourceFile(path, text)])).toHaveLength(1)
})

test('what reads the database never reaches the browser', () => {
  expect(unguarded(files)).toEqual([])
  expect(unguarded([sourceFile('lib/planted.ts', `import { db } from '@/db/client'`)])).toEqual(['lib/planted.ts'])
})

test('names say what is inside', () => {
  const vague = /(^|[/-])(index|utils?|helpers?|common|manager|services?|misc)\.(test\.)?tsx?$/
  expect(files.map((file) => file.path).filter((path) => vague.test(path))).toEqual([])
})

test('files stay small', () => {
  const long = files.filter((file) => lines(file) > 300).map((file) => `${file.path}: ${lines(file)} lines`)
  expect(long).toEqual([])
})

// What turns a resource and a URL into SQL; the rest of lib/table says what a page shows of it.
const ENGINE = ['resource', 'parse', 'filters', 'counts', 'histogram', 'list', 'page', 'neighbours']

test('the table engine stays small', () => {
  const engine = files.filter(({ path }) => ENGINE.some((name) => path === `lib/table/${name}.ts`))
  expect(engine).toHaveLength(ENGINE.length)
  expect(engine.reduce((sum, file) => sum + lines(file), 0)).toBeLessThanOrEqual(900)
})
