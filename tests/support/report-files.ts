import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import * as xlsx from 'xlsx'
import type { Report } from '@/lib/reports/report'

type Cells = (string | number | null)[][]
/** The cells of each sheet by its name, and the parts of both files as text, by path. */
export type DrawnReport = { sheets: Record<string, Cells>; workbook: Map<string, string>; slides: Map<string, string> }

/** Each report drawn as both files and read back, by its name. */
export async function drawn<N extends string>(reports: Record<N, Report>): Promise<Record<N, DrawnReport>> {
  const folder = mkdtempSync(join(tmpdir(), 'reports-'))
  const names = Object.keys(reports) as N[]
  const pathOf = (name: N) => join(folder, String(names.indexOf(name)))
  try {
    const input = JSON.stringify(names.map((name) => ({ path: pathOf(name), report: reports[name] })))
    const command = ['--import', 'tsx', '--conditions=react-server', 'tests/support/draw-reports.ts']
    const child = spawn(process.execPath, command, { stdio: ['pipe', 'ignore', 'pipe'] })
    child.stdin.end(input)
    const said = text(child.stderr)
    const [status] = (await once(child, 'exit')) as [number | null]
    if (status !== 0) throw new Error(await said)
    const read = names.map((name) => {
      const [workbook, deck] = (['xlsx', 'pptx'] as const).map((kind) => readFileSync(`${pathOf(name)}.${kind}`))
      if (!workbook || !deck) throw new Error(`${name} was not drawn.`)
      return [name, { sheets: cellsOf(workbook), workbook: partsOf(workbook), slides: partsOf(deck) }] as const
    })
    return Object.fromEntries(read) as Record<N, DrawnReport>
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function cellsOf(bytes: Buffer): Record<string, Cells> {
  const { Sheets } = xlsx.read(bytes)
  return Object.fromEntries(
    Object.entries(Sheets).map(([name, sheet]) => [name, xlsx.utils.sheet_to_json(sheet, { header: 1, defval: null })]),
  )
}

/** The parts of a file of Office that are XML, by path. Workbooks inside of it are opened too. */
function partsOf(bytes: Buffer): Map<string, string> {
  const parts = new Map<string, string>()
  const { FileIndex, FullPaths } = xlsx.CFB.read(bytes, { type: 'buffer' })
  for (const [index, { content }] of FileIndex.entries()) {
    const path = FullPaths[index]?.replace(/^Root Entry\//, '') ?? ''
    const part = Buffer.from(content ?? [])
    if (/\.(xml|rels)$/.test(path)) parts.set(path, part.toString('utf8'))
    if (!path.endsWith('.xlsx')) continue
    for (const [inner, text] of partsOf(part)) parts.set(`${path}/${inner}`, text)
  }
  return parts
}
