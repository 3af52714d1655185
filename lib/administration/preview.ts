import 'server-only'
import type { Reader } from '@/db/client'
import type { Assignment } from '@/lib/access/roles'
import { type Viewer, viewerWith } from '@/lib/access/viewer'
import { tables } from '@/lib/resources/all'
import { countWhole } from '@/lib/table/figures'

/** What somebody sees of one tab: all rows of its list. */
export type Seen = { tab: string; label: string; count: number }

const upper = (text: string) => text.replace(/^./, (letter) => letter.toUpperCase())

/**
 * What somebody with these roles would see in the viewer's account, tab by tab: the lists' own counts, in the scope that
 * they would have. Equal roles are counted once a reader.
 */
export function sightPreview(reader: Reader, viewer: Viewer): (roles: readonly Assignment[]) => Promise<Seen[]> {
  const kept = new Map<string, Promise<Seen[]>>()
  return (roles) => {
    const as = viewerWith(viewer, roles)
    const key = JSON.stringify(as?.scope ?? null)
    const found = kept.get(key) ?? countTabs(reader, as)
    kept.set(key, found)
    return found
  }
}

const countTabs = (reader: Reader, as: Viewer | null): Promise<Seen[]> =>
  Promise.all(
    Object.entries(tables).map(async ([tab, resource]) => ({
      tab,
      label: upper(resource.noun.many),
      count: as ? await countWhole(reader, resource, as) : 0,
    })),
  )
