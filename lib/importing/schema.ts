import { z } from 'zod'
import type { Unit } from './table'

/** The formats that can be imported, by the names that the command takes. */
export const formatIds = [
  'lc-devices',
  'install-base',
  'licenses',
  'ccwr-lines',
  'coverage',
  'order-serials',
  'eox',
  'lifecycle',
] as const
export type FormatId = (typeof formatIds)[number]

export const formatNames: Record<FormatId, string> = {
  'lc-devices': 'Devices: License Central device export (CSV)',
  'install-base': 'Devices with coverage: install base export (XLSX or CSV)',
  licenses: 'Licenses: Smart Licensing inventory (JSON)',
  'ccwr-lines': 'Contract lines: CCW-R (JSON)',
  coverage: 'Coverage by serial number: SN2INFO (JSON)',
  'order-serials': 'Serial numbers of orders: CCW (JSON)',
  eox: 'Lifecycle dates: EoX version 5 (JSON)',
  lifecycle: 'Lifecycle dates of products (CSV)',
}

/** What a file of a format is. A workbook may come as CSV too; the records of JSON are those of every list of that name. */
export type FileKind = { kind: 'csv' } | { kind: 'workbook' } | { kind: 'json'; list: string; outer?: string }

/** A column that a format reads: exact names first; longer ones also count inside a longer header, unless `exact`. */
export type Field = { id: string; label: string; names: readonly string[]; required?: true; exact?: true }

/** A field of a JSON record, by its names: `contract.number` is one inside another record. */
export const jsonField = <Id extends string>(id: Id, ...names: [string, ...string[]]) => ({
  id,
  label: names[0],
  names,
  exact: true as const,
})
export const required = <T extends Field>(field: T) => ({ ...field, required: true as const })

/** The fields of a format by their ids. */
export const byId = <Id extends string>(fields: readonly (Field & { id: Id })[]) =>
  Object.fromEntries(fields.map((field) => [field.id, field])) as unknown as Record<Id, Field>

/** The value of a field in one row: undefined where the cell is empty or the column absent. */
export type Row = (id: string) => string | undefined

/** What one row says: `key` names the thing, `data` its columns; `about` goes into the plan, not into a column. */
export type RowFacts = { key: string; data: Record<string, unknown>; about?: Record<string, unknown> }

/** Makes the reader of one file's rows; it may remember the rows before. It throws RowProblem. `day` is the account's. */
export type RowReader = (file: { unit: Unit; day: string }) => (row: Row, line: number) => RowFacts

export const uploadForm = z.object({
  format: z.enum(formatIds, { error: 'Choose what kind of file it is.' }),
  file: z.instanceof(File, { error: 'Choose a file.' }).refine(({ name }) => name !== '', { error: 'Choose a file.' }),
})

/** What can be done about a difference: take what came in, keep what is here, or look away. */
export const choices = { take: 'taken', keep: 'kept', ignore: 'ignored' } as const
export type Choice = keyof typeof choices
export const decision = z.object({
  ids: z.array(z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)).min(1).max(100),
  choice: z.enum(['take', 'keep', 'ignore']),
})

export const runId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

/** One run of an import in one account; `at` is the instant of its facts, as ISO text. */
export type Run = { accountId: number; id: number; at: string }
