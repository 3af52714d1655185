/**
 * What a form of a table says, as the search part of an address: empty fields left out, the two ends of a range
 * (`ldos.from`, `ldos.to`) joined to `ldos=from..to`. The browser and the page both read forms by this.
 */
export function formSearch(entries: Iterable<readonly [string, string]>): string {
  const search = new URLSearchParams()
  const ends = new Map<string, { from: string; to: string }>()
  for (const [name, text] of entries) {
    const value = text.trim()
    if (!value) continue
    const [, of, end] = /^(\w+)\.(from|to)$/.exec(name) ?? []
    if (!of) search.append(name, value)
    else ends.set(of, { ...(ends.get(of) ?? { from: '', to: '' }), [end ?? 'from']: value })
  }
  for (const [name, { from, to }] of ends) search.set(name, `${from}..${to}`)
  const text = search.toString()
  return text && `?${text}`
}

/** Whether a form was sent without JavaScript, so that its ranges are still in two halves. */
export const hasRangeEnds = (names: Iterable<string>) => [...names].some((name) => /^\w+\.(from|to)$/.test(name))
