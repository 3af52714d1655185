import { writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Report } from '@/lib/reports/report'
import { reportSlides } from '@/lib/reports/slides'
import { reportWorkbook } from '@/lib/reports/workbook'

// Draws the reports that come in as JSON, each to `<path>.xlsx` and `<path>.pptx`. A process of its own, because the
// libraries are ES modules with WebAssembly, which jest does not load.

const reports = JSON.parse(await text(process.stdin)) as { path: string; report: Report }[]
for (const { path, report } of reports) {
  await writeFile(`${path}.xlsx`, await reportWorkbook(report))
  await writeFile(`${path}.pptx`, await reportSlides(report))
}
