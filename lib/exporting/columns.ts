import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '@/lib/access/viewer'
import type { Layout } from '@/lib/table/layout'
import type { Column, Resource } from '@/lib/table/resource'
import type { Extent } from './formats'

/** How a value is written: text as it reads, a number, a calendar date, or an instant. `code` is text that looks like a number. */
export type Kind = 'text' | 'code' | 'number' | 'date' | 'instant'

/** A column of a file. */
export type FileColumn = {
  name: string
  label: string
  kind: Kind
  /** Its words where the database cannot give them: of what was read, '' for nothing. */
  words?: (value: string) => string
}

/** A column that the database reads: as text for text and codes, and as it has it for the others. */
export type ExportColumn = FileColumn & {
  value: SQL
  /** Its values are words of a closed set, with nothing in them that a format would mistake. */
  isClosed?: true
}

/** Words that every format holds as they are. */
const PLAIN = /^\w[\w ,.()/-]*$/

/** The columns of a table as a person laid it out, or all of them. */
export function exportColumns(resource: Resource, viewer: Viewer, layout: Layout, extent: Extent): ExportColumn[] {
  const names = extent === 'all' ? Object.keys(resource.columns) : layout.columns
  return names.flatMap((name) => {
    const column = resource.columns[name]
    return column ? [columnOf(name, column, viewer)] : []
  })
}

function columnOf(name: string, column: Column, viewer: Viewer): ExportColumn {
  const { label, words } = column
  const kind = kindOf(column)
  const shown = column.shown?.(viewer) ?? sql`${column.column}`
  const plain = { name, label, kind }
  if (kind === 'number' || kind === 'date') return { ...plain, value: shown }
  if (kind === 'instant') return { ...plain, value: sql`(${shown})::timestamptz` }
  const text = sql`nullif((${shown})::text, '')`
  if (!words) return { ...plain, value: text }
  if (typeof words === 'object') {
    const isClosed = Object.values(words).every((word) => PLAIN.test(word))
    return { ...plain, value: closed(words, text), ...(isClosed && { isClosed }) }
  }
  if (column.known)
    return { ...plain, value: listed(name, column.known(viewer), text, (value) => words(value, viewer)) }
  return { ...plain, value: text, words: (value) => words(value, viewer) }
}

/** A date whose cell is more than its column is one with the time. */
function kindOf({ kind, shown }: Column): Kind {
  if (kind === 'status') return 'text'
  return kind === 'date' && shown ? 'instant' : kind
}

function closed(words: Readonly<Record<string, string>>, value: SQL): SQL {
  const cases = Object.entries(words).map(([from, to]) => sql`when ${from}::text then ${to}::text`)
  return cases.length > 0 ? sql`case ${value} ${sql.join(cases, sql` `)} else ${value} end` : value
}

/** Words looked up by value. Only `va` reads where there is nothing (lib/table/cells.ts). */
function listed(name: string, known: readonly string[], value: SQL, read: (value: string) => string): SQL {
  const words = JSON.stringify(Object.fromEntries(known.map((one) => [one, read(one)])))
  const key = name === 'va' ? sql`coalesce(${value}, 'none')` : value
  return sql`coalesce(${words}::jsonb ->> ${key}, ${value})`
}
