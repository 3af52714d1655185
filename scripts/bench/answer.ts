/** What a page of the list says, in a form that two ways of reading it can be compared by. */
export type ListAnswer = {
  ids: number[]
  total: number
  isCapped: boolean
  /** By `filter=value`; values with no rows are left out. */
  facets: Record<string, number>
  /** Filters whose values were not counted. */
  uncounted?: string[]
}

/** How two answers differ, in one line; undefined when they are the same. The product may count on where by hand nobody does. */
export function difference(product: ListAnswer, hand: ListAnswer): string | undefined {
  const countsOn = hand.isCapped && !product.isCapped && product.total > hand.total
  if (countsOn)
    return difference({ ...product, total: hand.total, isCapped: true, facets: {} }, { ...hand, facets: {} })
  if (product.total !== hand.total || product.isCapped !== hand.isCapped)
    return `total ${product.total}${product.isCapped ? '+' : ''}, by hand ${hand.total}${hand.isCapped ? '+' : ''}`
  const place = product.ids.findIndex((id, index) => id !== hand.ids[index])
  if (product.ids.length !== hand.ids.length || place >= 0)
    return `row ${place + 1} of ${product.ids.length} is ${product.ids[place]}, by hand ${hand.ids[place]} of ${hand.ids.length}`
  const names = [...new Set([...Object.keys(product.facets), ...Object.keys(hand.facets)])]
  const isCounted = (key: string) => !product.uncounted?.includes(key.slice(0, key.indexOf('=')))
  const name = names.filter(isCounted).find((key) => (product.facets[key] ?? 0) !== (hand.facets[key] ?? 0))
  return name && `${name}: ${product.facets[name] ?? 0}, by hand ${hand.facets[name] ?? 0}`
}
