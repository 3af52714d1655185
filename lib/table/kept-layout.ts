import 'server-only'
import { and, eq } from 'drizzle-orm'
import { tableLayouts } from '@/db/schema/people'
import { writeAsUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { type Layout, layoutOf } from './layout'
import type { Resource } from './resource'

const of = (person: { id: number }, { name }: Resource) =>
  and(eq(tableLayouts.userId, person.id), eq(tableLayouts.resource, name))

/** How a viewer laid out a table, as of when their request began. */
export const ownLayout = ({ layouts }: Pick<Viewer, 'layouts'>, resource: Resource): Layout =>
  layoutOf(resource, layouts[resource.name])

/** Keeps a person's own layout; null goes back to the one that everybody starts with. No account's data, so no event. */
export async function keepLayout(person: { id: number }, resource: Resource, layout: Layout | null): Promise<void> {
  await writeAsUser(person, async (writer) => {
    if (!layout) return writer.delete(tableLayouts).where(of(person, resource))
    const updatedAt = new Date()
    return writer
      .insert(tableLayouts)
      .values({ userId: person.id, resource: resource.name, layout, updatedAt })
      .onConflictDoUpdate({ target: [tableLayouts.userId, tableLayouts.resource], set: { layout, updatedAt } })
  })
}
