import { z } from 'zod'
import type { Resource } from './resource'

export const densities = ['compact', 'default', 'comfortable'] as const
export type Density = (typeof densities)[number]

/** How one person laid out one table: the columns that are shown, in order, and how dense. */
export type Layout = { columns: string[]; density: Density }

export const layoutSchema = z.object({
  columns: z.array(z.string().max(60)).max(200),
  density: z.enum(densities),
})

type Columns = Pick<Resource, 'columns'>

export const defaultLayout = ({ columns }: Columns): Layout => ({
  columns: Object.entries(columns).flatMap(([name, column]) => (column.hidden ? [] : [name])),
  density: 'default',
})

/** A layout as it was kept or sent. Columns that the table does not have (any more) are dropped; none left is none kept. */
export function layoutOf(resource: Columns, kept: unknown): Layout {
  const read = layoutSchema.safeParse(kept)
  if (!read.success) return defaultLayout(resource)
  const columns = [...new Set(read.data.columns)].filter((name) => Object.hasOwn(resource.columns, name))
  return columns.length > 0 ? { ...read.data, columns } : defaultLayout(resource)
}

/** What an address gave, in a sentence about it. */
export const quoted = (value: string) => `“${value.slice(0, 60)}”`

/** The saved view that an address names, and what it says of the layout itself, as `compact:serial,pid`. */
export function viewIn(
  resource: { columns: Readonly<Record<string, unknown>> },
  { saved, layout: text }: { saved: string | undefined; layout: string | undefined },
  problems: string[],
): { saved?: string; layout?: Layout } {
  const [density, names = ''] = text?.split(':') ?? []
  const known = densities.find((one) => one === density)
  const columns = [...new Set(names.split(','))]
  const isLayout = known && columns.every((name) => Object.hasOwn(resource.columns, name))
  if (saved && !/^[1-9]\d{0,14}$/.test(saved)) problems.push(`saved: ${quoted(saved)} is not a saved view.`)
  if (text && !isLayout) problems.push(`layout: ${quoted(text)} is not a layout of this table.`)
  return { ...(saved && { saved }), ...(isLayout && { layout: { density: known, columns } }) }
}
