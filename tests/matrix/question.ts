import type { Viewer } from '@/lib/access/viewer'

/** Something that one person can ask for, by a name that is its own. */
export type Question = { what: string; ask: () => Promise<unknown> }

export const ask = (what: string, read: () => Promise<unknown>): Question => ({ what, ask: read })

/** The viewer as somebody who came to their scope without any role: of what needs one they get nothing. */
export const withoutRoles = (viewer: Viewer): Viewer => ({ ...viewer, grants: [], support: [] })
