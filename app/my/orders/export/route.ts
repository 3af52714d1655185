import { notFound } from 'next/navigation'
import { getPerson } from '@/lib/access/signed-in'
import { today } from '@/lib/clock'
import { fileAnswer, refusal } from '@/lib/exporting/answer'
import { exportName, parseExport } from '@/lib/exporting/formats'
import { countExport, takePlace } from '@/lib/exporting/limits'
import { streamShared } from '@/lib/exporting/shared-export'
import { sharedTable } from '@/lib/sharing/shared-table'
import { paramsOf } from '@/lib/table/href'
import { parseTable } from '@/lib/table/parse'

/** The User View as a file, as it is filtered and sorted. */
export async function GET(request: Request): Promise<Response> {
  const person = await getPerson()
  const asked = paramsOf(new URL(request.url).searchParams)
  const { query, problems } = parseTable(sharedTable, asked)
  if (problems.length > 0) notFound()
  const { format } = parseExport(asked)
  if (request.method === 'HEAD') return new Response(null)
  try {
    const done = takePlace()
    try {
      await countExport(person, 0)
      const stream = await streamShared(person, query, format)
      return fileAnswer(stream, exportName('shared-orders', 'with-me', today(), format), format, done)
    } catch (error) {
      done()
      throw error
    }
  } catch (error) {
    return refusal(error)
  }
}
