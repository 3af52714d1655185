import { existsSync, readdirSync, readFileSync } from 'node:fs'

const documents = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
)

/** The paths of this repository that a text names in backticks: `lib/env.ts`, `db/schema/`, `biome.json`. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`([\w.@()[\]-]+(?:\/[\w.@()[\]-]*)*)`/g)]
    .map(([, path = '']) => path)
    .filter(
      (path) =>
        /^(app|components|db|docs|lib|scripts|tests|\.ci)\//.test(path) ||
        /^[\w.-]+\.(json|mjs|config\.\w+)$/.test(path),
    )
}

test.each(documents)('every path in %s exists', (document) => {
  const missing = pathsIn(readFileSync(document, 'utf8')).filter((path) => !existsSync(path))
  expect(missing).toEqual([])
})

test('paths are seen in a text', () => {
  expect(pathsIn('See `lib/env.ts`, `tests/[domain]/x.tsx`, `biome.json` and `text/csv`, `npm ci`.')).toEqual([
    'lib/env.ts',
    'tests/[domain]/x.tsx',
    'biome.json',
  ])
})
