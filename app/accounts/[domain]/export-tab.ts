import type { Readable } from 'node:stream'
import { notFound } from 'next/navigation'
import { getViewer } from '@/lib/access/signed-in'
import { today } from '@/lib/clock'
import { NotFound } from '@/lib/errors'
import { fileAnswer, refusal } from '@/lib/exporting/answer'
import { exportName, parseExport } from '@/lib/exporting/formats'
import { logLarge } from '@/lib/exporting/jobs'
import { countExport, takePlace } from '@/lib/exporting/limits'
import { readExport, streamTable } from '@/lib/exporting/table-export'
import { paramsOf } from '@/lib/table/href'

type Context = { params: Promise<{ domain: string }> }

/** What a tab answers at `…/export?format=…`: its table as it is filtered and sorted, with the columns that the person sees, or all. */
export const exportTab =
  (tab: string) =>
  async (request: Request, { params }: Context): Promise<Response> => {
    const viewer = await getViewer((await params).domain)
    const asked = paramsOf(new URL(request.url).searchParams)
    const { format, extent } = parseExport(asked)
    const made = await readExport(viewer, tab, asked).catch((error: unknown) => {
      if (error instanceof NotFound) notFound()
      throw error
    })
    const name = exportName(viewer.account.domain, made.resource.name, today(), format)
    if (request.method === 'HEAD') return new Response(null)
    try {
      const done = takePlace()
      try {
        await countExport(viewer, made.rows)
        const stream = await begun(streamTable(viewer, made, format, extent), logLarge(viewer, made, format))
        request.signal.addEventListener('abort', () => stream.destroy(), { once: true })
        return fileAnswer(stream, name, format, done)
      } catch (error) {
        done()
        throw error
      }
    } catch (error) {
      return refusal(error)
    }
  }

/** The rows, asked for while the log is written: nothing of them leaves before it is. */
async function begun(streaming: Promise<Readable>, logging: Promise<unknown>): Promise<Readable> {
  const [stream, log] = await Promise.allSettled([streaming, logging])
  if (stream.status === 'rejected') throw stream.reason
  if (log.status === 'fulfilled') return stream.value
  stream.value.destroy()
  throw log.reason
}
