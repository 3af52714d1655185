// How files of an order are named in addresses; known to the browser too.

/** All of them, as one zip. */
export const ALL_FILES = 'all.zip'
/** Some of them, as a form names them by its fields `file`. */
export const CHOSEN_FILES = 'chosen.zip'
/** The same in one name: `document-12+terms-3.zip`. */
export const filesTogether = (names: readonly string[]) => `${[...new Set(names)].join('+')}.zip`
const CHOSEN_AT_MOST = 500

/** The files that such a name means; null where it is none. */
export function filesIn(name: string): string[] | null {
  const names = name.endsWith('.zip') ? name.slice(0, -4).split('+') : []
  const isList = names.length > 0 && names.length <= CHOSEN_AT_MOST && new Set(names).size === names.length
  return isList && names.every((one) => /^(document|terms)-[1-9]\d{0,14}$/.test(one)) ? names : null
}

export const documentFile = (id: number) => `document-${id}`
export const termsFile = (id: number) => `terms-${id}`

/** A size as people read it: `12 kB`. */
export function readSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
