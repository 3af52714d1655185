/** How often a statement may be seen before it is kept. */
const SEEN_BEFORE = 2
const SEEN_AT_MOST = 1000

/**
 * Which statements a connection keeps prepared, by their text: those that come again, the `most` that came last. Others
 * are planned each time, so that the many shapes an address can give a statement do not fill the database's memory. What
 * is let go stays in connections that have met it until they are replaced, within the hour.
 */
export function keptShapes(most: number): (text: string) => boolean {
  const kept = new Set<string>()
  const seen = new Map<string, number>()
  return (text) => {
    const times = kept.delete(text) ? SEEN_BEFORE : (seen.get(text) ?? 0)
    if (times >= SEEN_BEFORE) {
      seen.delete(text)
      kept.add(text)
      const [oldest = ''] = kept
      if (kept.size > most) kept.delete(oldest)
      return true
    }
    if (seen.size >= SEEN_AT_MOST) seen.clear()
    seen.set(text, times + 1)
    return false
  }
}
