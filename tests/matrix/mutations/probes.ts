import { sql } from 'drizzle-orm'

/** The checks that were come to. Loaded before anything of lib, as some are come to while that is. */
export const come = new Set<string>()
Object.assign(globalThis, { everything: sql`true`, probe: (site: string) => come.add(site) })
