import { readFileSync, writeFileSync } from 'node:fs'
import type { ExportResult, ExportRun } from './measure-exports'

const FILE = 'docs/performance.md'
const START = '<!-- exports measured by `npm run bench -- --exports`, do not edit -->'
const END = '<!-- end of what was measured of exports -->'

const BARS = { csvShare: 0.7, first: 100, csvMemory: 64, xlsxRows: 50_000, xlsxMemory: 100, pages: 2 }

const rate = ({ rows, seconds }: ExportRun) => rows / seconds
const whole = (value: number) => Math.round(value).toLocaleString('en-US')
const verdict = (holds: boolean) => (holds ? 'ok' : '**over**')
const grown = ({ memory: [before, most] }: ExportRun) => most - before

/** What each bar says, and whether it holds. */
function bars({ runs, pages }: ExportResult): string[][] {
  const [floor, csv, xlsx] = runs
  if (!(floor && csv && xlsx)) return []
  const share = rate(csv) / rate(floor)
  const slower = pages.beside / pages.alone
  return [
    ['CSV beside the floor', `${(share * 100).toFixed(0)} %`, '70 %', verdict(share >= BARS.csvShare)],
    ['first rows of CSV', `${whole(csv.first)} ms`, '100 ms', verdict(csv.first <= BARS.first)],
    ['memory of CSV', `${whole(grown(csv))} MB`, '64 MB', verdict(grown(csv) <= BARS.csvMemory)],
    ['XLSX rows a second', whole(rate(xlsx)), '50,000', verdict(rate(xlsx) >= BARS.xlsxRows)],
    ['memory of XLSX', `${whole(grown(xlsx))} MB`, '100 MB', verdict(grown(xlsx) <= BARS.xlsxMemory)],
    [
      'p95 of a page beside three exports',
      `${whole(pages.beside)} ms, alone ${whole(pages.alone)} ms: ${slower.toFixed(1)}x`,
      '2x',
      verdict(slower <= BARS.pages),
    ],
  ]
}

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** Puts the tables into docs/performance.md, and gives them as lines for the terminal. */
export function writeExports(result: ExportResult): string[] {
  const runs = result.runs.map((run) => [
    run.name,
    run.seconds.toFixed(2),
    whole(rate(run)),
    whole(run.first),
    whole(run.sent),
    `${whole(run.memory[0])} to ${whole(run.memory[1])}`,
    run.cpu.toFixed(1),
  ])
  const text = [
    `### Exports of ${whole(result.devices)} devices`,
    table(['what', 's', 'rows a second', 'first rows, ms', 'MB', 'memory, MB', 'CPU, s'], runs),
    table(['bar', 'measured', 'is', ''], bars(result)),
  ].join('\n\n')
  const document = readFileSync(FILE, 'utf8')
  const [start, end] = [document.indexOf(START), document.indexOf(END)]
  if (start < 0 || end < start) throw new Error('The document has no place for what was measured of exports.')
  writeFileSync(FILE, `${document.slice(0, start + START.length)}\n\n${text}\n\n${document.slice(end)}`)
  return text.split('\n')
}
