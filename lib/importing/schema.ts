import { z } from 'zod'

/** The formats that can be imported now, by the names that the command takes. */
export const formatIds = ['lc-devices', 'lifecycle'] as const
export type FormatId = (typeof formatIds)[number]

export const formatNames: Record<FormatId, string> = {
  'lc-devices': 'Devices: License Central device export (CSV)',
  lifecycle: 'Lifecycle dates of products (CSV)',
}

/** A column that a format reads: exact names first; longer ones also count inside a longer header, unless `exact`. */
export type Field = { id: string; label: string; names: readonly string[]; required?: true; exact?: true }

/** The value of a field in one row: undefined where the cell is empty or the column absent. */
export type Row = (id: string) => string | undefined

/** What one row says: `key` names the thing, `data` its columns; `about` goes into the plan, not into a column. */
export type RowFacts = { key: string; data: Record<string, unknown>; about?: Record<string, unknown> }

/** Makes the reader of one file's rows; it may remember the rows before. It throws RowProblem. */
export type RowReader = () => (row: Row, line: number) => RowFacts

export const uploadForm = z.object({
  format: z.enum(formatIds, { error: 'Choose what kind of file it is.' }),
  file: z.instanceof(File, { error: 'Choose a file.' }).refine(({ name }) => name !== '', { error: 'Choose a file.' }),
})

export const runId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

/** One run of an import in one account; `at` is the instant of its facts, as ISO text. */
export type Run = { accountId: number; id: number; at: string }
