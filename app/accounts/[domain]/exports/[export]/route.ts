import { notFound } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { fileAnswer } from '@/lib/exporting/answer'
import { openFile } from '@/lib/exporting/files'
import { takeExport } from '@/lib/exporting/jobs'

type Context = { params: Promise<{ domain: string; export: string }> }

/** The file of a finished export, for whoever asked for it, while they see all that is in it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const given = await params
  const viewer = await getViewer(given.domain)
  const id = z.uuid().safeParse(given.export)
  if (!id.success) notFound()
  if (request.method === 'HEAD') notFound()
  const row = await takeExport(viewer, id.data)
  const file = row && (await openFile(row.id))
  if (!(row && file)) notFound()
  request.signal.addEventListener('abort', () => file.body.destroy(), { once: true })
  const answer = fileAnswer(file.body, row.fileName, row.format, () => undefined)
  answer.headers.set('content-length', String(file.size))
  return answer
}
