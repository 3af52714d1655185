import 'server-only'
import { and, asc, desc, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { legalDocuments as legal } from '@/db/schema/orders'
import { today } from '@/lib/clock'

/** Terms of an order: in force on its day, now, or on both. */
export type TermsVersion = {
  id: number
  title: string
  version: string
  /** From this day on, as `YYYY-MM-DD`. */
  from: string
  when: 'order' | 'present' | 'both'
  bytes: number
  sha256: string
}

/** With the key of its file, which is for the store alone. */
export type StoredTerms = TermsVersion & { storageKey: string }

/**
 * General Terms, and the Offer Descriptions of these product families (a select): of each the version that was in force on
 * the day of an order (a select too) and the present one. None where there is no family.
 */
export async function termsFor(reader: Reader, families: SQL, ordered: SQL): Promise<StoredTerms[]> {
  const day = today()
  const versions = await reader
    .select({
      id: legal.id,
      title: legal.title,
      version: legal.versionLabel,
      from: legal.effectiveFrom,
      bytes: legal.bytes,
      sha256: legal.sha256,
      storageKey: legal.storageKey,
      isOfOrder: sql<boolean>`coalesce(${legal.effectiveFrom} <= ${ordered}, false)`,
    })
    .from(legal)
    .where(
      and(
        sql`${legal.effectiveFrom} <= ${day}`,
        or(sql`${legal.family} in ${families}`, and(isNull(legal.family), sql`exists ${families}`)),
      ),
    )
    .orderBy(asc(legal.kind), asc(legal.title), desc(legal.effectiveFrom), desc(legal.id))
  return versions.flatMap(({ isOfOrder, ...version }, index) => {
    const isPresent = versions.findIndex(({ title }) => title === version.title) === index
    const isThen =
      isOfOrder && versions.findIndex((other) => other.title === version.title && other.isOfOrder) === index
    if (!isPresent && !isThen) return []
    return [{ ...version, when: isPresent && isThen ? 'both' : isThen ? 'order' : 'present' }]
  })
}

/** What is told of terms: all but where their file is kept. */
export const withoutKey = ({ storageKey: _, ...told }: StoredTerms): TermsVersion => told
