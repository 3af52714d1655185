import { notFound } from 'next/navigation'
import { getViewer } from '@/lib/access/signed-in'
import { Invalid, NotFound } from '@/lib/errors'
import { buildReport, reportFileName } from '@/lib/reports/build'
import { parseReport } from '@/lib/reports/kinds'
import { reportSlides } from '@/lib/reports/slides'
import { reportWorkbook } from '@/lib/reports/workbook'
import { paramsOf } from '@/lib/table/href'

const files = {
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', draw: reportWorkbook },
  pptx: { type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', draw: reportSlides },
}

/** A report of the Overview as a file, in the viewer's scope and under the filters of the address. Nothing is kept of it. */
export async function GET(asked: Request, { params }: { params: Promise<{ domain: string }> }) {
  const viewer = await getViewer((await params).domain)
  const { request, problems } = parseReport(paramsOf(new URL(asked.url).searchParams))
  // Middleware has answered these with a page that names them.
  if (problems.length > 0) throw new Invalid(problems)
  const report = await buildReport(viewer, request).catch(unknownTo)
  const { type, draw } = files[request.format]
  const body = new Uint8Array(await draw(report))
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${reportFileName(viewer, request.kind, request.format)}"`,
      'cache-control': 'no-store',
    },
  })
}

function unknownTo(error: unknown): never {
  if (error instanceof NotFound) notFound()
  throw error
}
