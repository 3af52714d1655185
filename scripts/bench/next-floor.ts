import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DATA_FOLDER } from '../own-secrets'

const LAYOUT = `export default ({ children }) => <html lang="en"><body>{children}</body></html>
`
const CONFIG = `export default { poweredByHeader: false, turbopack: { root: process.cwd() }, typescript: { ignoreBuildErrors: true }, serverExternalPackages: ['postgres'] }
`
const page = (statement: string, columns: readonly string[]) => `import postgres from 'postgres'

export const dynamic = 'force-dynamic'
const sql = postgres(process.env.DATABASE_URL, { max: 4 })
const columns = ${JSON.stringify(columns)}

export default async function Page() {
  const rows = await sql.unsafe(${JSON.stringify(statement)}, [], { prepare: true })
  return (
    <table>
      <thead><tr>{columns.map((name) => <th key={name}>{name}</th>)}</tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>{columns.map((name) => <td key={name}>{row[name] instanceof Date ? row[name].toISOString().slice(0, 10) : row[name]}</td>)}</tr>
        ))}
      </tbody>
    </table>
  )
}
`

/** Writes the thinnest Next application with pages: each a table of the rows that its statement gives. Returns its folder. */
export function writeFloor(pages: readonly { name: string; statement: string; columns: readonly string[] }[]): string {
  const folder = join(DATA_FOLDER, 'next-floor')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'app'), { recursive: true })
  writeFileSync(join(folder, 'next.config.mjs'), CONFIG)
  // Next would take the one of the product, which lies above.
  writeFileSync(join(folder, 'instrumentation.js'), 'export const register = () => undefined\n')
  writeFileSync(join(folder, 'app', 'layout.jsx'), LAYOUT)
  for (const { name, statement, columns } of pages) {
    mkdirSync(join(folder, 'app', name))
    writeFileSync(join(folder, 'app', name, 'page.jsx'), page(statement, columns))
  }
  return folder
}
