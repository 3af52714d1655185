import 'server-only'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { Invalid } from '@/lib/errors'
import { MOST_COLUMNS, MOST_ROWS, type RawRow, type Table } from './table'
import { refuseDangerousZip } from './zip-directory'

const SECONDS = 20
const MEGABYTES_OF_HEAP = 384
const MOST_OUTPUT = 100_000_000

const TOO_MUCH = 'The workbook takes too much time or memory to read. Save it as “CSV UTF-8”, or split it.'
const UNREADABLE = 'The workbook cannot be read. Save it as “CSV UTF-8”.'

/** The widest sheet of an XLSX as a table: its first row with content is the header. Throws Invalid. */
export async function readWorkbook(bytes: Uint8Array): Promise<Table> {
  await refuseDangerousZip(bytes)
  const lines = (await readInChild(bytes)).trimEnd().split('\n')
  const [position = 0, width = 0] = parse<number[]>(lines[0])
  if (width === 0) throw new Invalid(['The workbook has no sheet with cells in it.'])
  if (width > MOST_COLUMNS) throw new Invalid([`Row ${position} has more than ${MOST_COLUMNS} columns.`])
  if (lines.length === 2) throw new Invalid(['The file has a header but no rows.'])
  if (lines.length > MOST_ROWS + 2)
    throw new Invalid([
      `The file has more than ${MOST_ROWS.toLocaleString('en-US')} rows. Split it into several files.`,
    ])
  const [, ...headers] = parse<[number, ...string[]]>(lines[1])
  function* rows(): Generator<RawRow> {
    for (const text of lines.slice(2)) {
      const [line, ...cells] = parse<[number, ...string[]]>(text)
      if (cells.some((cell) => cell !== '')) yield { line, cells }
    }
  }
  return { headers, delimiter: '', rows }
}

const parse = <T>(line: string | undefined): T => {
  try {
    return JSON.parse(line ?? '') as T
  } catch {
    throw new Invalid([UNREADABLE])
  }
}

/** Gives what the child writes. It knows nothing of the server: no setting and no secret is in its environment. */
function readInChild(bytes: Uint8Array): Promise<string> {
  const program = path.join(process.cwd(), 'lib/importing/workbook-child.mjs')
  const flags = [`--max-old-space-size=${MEGABYTES_OF_HEAP}`, program, String(MOST_ROWS), String(MOST_COLUMNS)]
  const child = spawn(process.execPath, flags, { env: { NODE_ENV: 'production' }, stdio: ['pipe', 'pipe', 'ignore'] })
  return new Promise((done, fail) => {
    const output: Buffer[] = []
    let size = 0
    const kill = () => child.kill('SIGKILL')
    const timer = setTimeout(kill, SECONDS * 1000)
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MOST_OUTPUT) kill()
      else output.push(chunk)
    })
    child.once('error', () => fail(new Invalid([UNREADABLE])))
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) done(Buffer.concat(output).toString('utf8'))
      // Ended by us, or by itself for want of memory (134 and SIGABRT).
      else fail(new Invalid([signal !== null || code === 134 ? TOO_MUCH : UNREADABLE]))
    })
    // It may end before it has read everything; what it wrote until then says why.
    child.stdin.on('error', () => undefined)
    child.stdin.end(bytes)
  })
}
