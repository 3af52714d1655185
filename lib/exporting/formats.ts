import { z } from 'zod'
import { type Params, valuesOf } from '@/lib/table/parse'

/** What a table can be taken out as. */
export const formats = {
  csv: { label: 'CSV', type: 'text/csv; charset=utf-8' },
  xlsx: { label: 'Excel (XLSX)', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  jsonl: { label: 'JSON lines', type: 'application/x-ndjson; charset=utf-8' },
} as const

export type Format = keyof typeof formats
export const formatNames = ['csv', 'xlsx', 'jsonl'] as const satisfies readonly Format[]

/** The columns that a person sees, as they laid them out, or all that the table has. */
export type Extent = 'shown' | 'all'

const wanted = z.object({
  format: z.enum(formatNames),
  columns: z.enum(['shown', 'all']).default('shown'),
})

/** What an address asks to be exported as, and what is wrong with it, one plain sentence each. */
export function parseExport(params: Params): { format: Format; extent: Extent; problems: string[] } {
  const [format] = valuesOf(params, 'format')
  const [columns] = valuesOf(params, 'columns')
  const read = wanted.safeParse({ format, columns })
  if (read.success) return { format: read.data.format, extent: read.data.columns, problems: [] }
  const problems = read.error.issues.map(({ path }) =>
    path[0] === 'format'
      ? `format: ${format === undefined ? 'say which' : `“${format.slice(0, 60)}” is none`} of ${formatNames.join(', ')}.`
      : `columns: “${columns?.slice(0, 60)}” is not one of shown, all.`,
  )
  return { format: 'csv', extent: 'shown', problems }
}

/** `aurora.example-devices-2026-07-01.csv`: whose it is, what, of which day. */
export const exportName = (owner: string, table: string, day: string, format: Format) =>
  `${owner}-${table}-${day}.${format}`

/** From here on an export is made as a job, is limited by the hour, and leaves an event. */
export const LARGE_ROWS = 50_000
