/** Numbers in [0, 1), one after the other. */
export type Random = () => number

/** A source of numbers that depends on nothing but its key: mulberry32 over a mix of the key's whole numbers. */
export function random(...key: number[]): Random {
  let state = 0x9e3779b9
  for (const part of key) {
    state = Math.imul(state ^ part ^ Math.floor(part / 0x100000000), 0x85ebca6b)
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35) ^ (state >>> 16)
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A whole number from `low` to `high`, both included. */
export function between(next: Random, low: number, high: number): number {
  return low + Math.floor(next() * (high - low + 1))
}

export function chance(next: Random, share: number): boolean {
  return next() < share
}

/** The item at a place that wraps around. Throws RangeError on an empty list. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length]
  if (item === undefined) throw new RangeError('Nothing to choose from')
  return item
}

/** One of the items, each as likely as its weight says. */
export function pickWeighted<T>(next: Random, items: readonly T[], weight: (item: T) => number): T {
  let left = next() * items.reduce((sum, item) => sum + weight(item), 0)
  for (const item of items) {
    left -= weight(item)
    if (left < 0) return item
  }
  return at(items, items.length - 1)
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** `width` characters of a serial number for a whole number; different for numbers below 34^width. */
export function code(value: number, width: number): string {
  let left = value
  let text = ''
  for (let place = 0; place < width; place++) {
    text = ALPHABET.charAt(left % 34) + text
    left = Math.floor(left / 34)
  }
  return text
}

/** `width` hexadecimal digits. */
export function hex(next: Random, width: number): string {
  let text = ''
  while (text.length < width)
    text += Math.floor(next() * 0x1000000)
      .toString(16)
      .padStart(6, '0')
  return text.slice(0, width)
}
