import 'server-only'
import { and, desc, eq } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { licenses as l, licenseDays } from '@/db/schema/licenses'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'

/** What was owned and in use of a license at the end of a day, `YYYY-MM-DD`. */
export type LicenseDay = { day: string; quantity: number; inUse: number }

/** A year and a bit, so that a year ago is in it. */
const DAYS_AT_MOST = 400

/** The days that were kept of a license, the newest first. */
export const daysOf = (reader: Reader, viewer: Viewer, id: number): Promise<LicenseDay[]> =>
  reader
    .select({ day: licenseDays.day, quantity: licenseDays.quantity, inUse: licenseDays.inUse })
    .from(licenseDays)
    .innerJoin(l, and(eq(l.smartAccountId, licenseDays.smartAccountId), eq(l.id, licenseDays.licenseId)))
    .where(and(inScope(viewer, l), eq(l.id, id)))
    .orderBy(desc(licenseDays.day))
    .limit(DAYS_AT_MOST)
