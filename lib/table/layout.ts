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
