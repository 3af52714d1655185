import { inArray, type SQL, sql } from 'drizzle-orm'
import { documents as document, orderLines as line } from '@/db/schema/orders'
import type { StoredTerms } from '@/lib/resources/legal-terms'
import { ALL_FILES, filesIn, termsFile } from './rules'

/** A file of an order that may be downloaded: a document of one of its lines, or terms. */
export type OrderFile = {
  kind: 'document' | 'terms'
  id: number
  title: string
  storageKey: string
  bytes: number
  sha256: string
  /** Where its line is; null for terms and for what is in none. */
  virtualAccountId: number | null
}

/** What is read of a document and its line. */
export const fileColumns = {
  id: document.id,
  title: document.title,
  storageKey: document.storageKey,
  bytes: document.bytes,
  sha256: document.sha256,
  virtualAccountId: line.virtualAccountId,
}

/** Which documents a name in an address means: all, some, one, or none. */
export function documentsNamed(name: string): SQL | undefined {
  if (name === ALL_FILES) return undefined
  const ids = (filesIn(name) ?? [name]).flatMap((one) => {
    const [, id] = /^document-([1-9]\d{0,14})$/.exec(one) ?? []
    return id === undefined ? [] : [Number(id)]
  })
  return ids.length === 0 ? sql`false` : inArray(document.id, ids)
}

/** Whether a name in an address means terms of this id. */
export const isNamedTerms = (name: string, id: number) =>
  name === ALL_FILES || (filesIn(name) ?? [name]).includes(termsFile(id))

/** Documents and terms that a name means, as files. */
export function filesFrom(name: string, documents: readonly Omit<OrderFile, 'kind'>[], terms: readonly StoredTerms[]) {
  return [
    ...documents.map((row): OrderFile => ({ kind: 'document', ...row })),
    ...terms
      .filter(({ id }) => isNamedTerms(name, id))
      .map(
        ({ id, title, version, storageKey, bytes, sha256 }): OrderFile => ({
          ...{ kind: 'terms', id, title: `${title} ${version}`, storageKey, bytes, sha256 },
          virtualAccountId: null,
        }),
      ),
  ]
}
