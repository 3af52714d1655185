// How files of an order are named in addresses; known to the browser too.

/** All of them, as one zip. */
export const ALL_FILES = 'all.zip'
export const documentFile = (id: number) => `document-${id}`
export const termsFile = (id: number) => `terms-${id}`

/** A size as people read it: `12 kB`. */
export function readSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
