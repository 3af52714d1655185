/** Where two plain values differ first, in words. */
export function firstDifference(wanted: unknown, found: unknown, at = ''): string {
  if (typeof wanted === 'object' && typeof found === 'object' && wanted && found) {
    const keys = [...new Set([...Object.keys(wanted), ...Object.keys(found)])]
    const [one, other] = [wanted as Record<string, unknown>, found as Record<string, unknown>]
    const key = keys.find((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
    if (key !== undefined) return firstDifference(one[key], other[key], `${at}.${key}`)
  }
  return `${at || 'it'} is ${brief(found)}, not ${brief(wanted)}`
}

const brief = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 160)
