import { type Client, connect } from '@/db/client'

/**
 * Lets the product read by so many connections, of this address. Every connection plans each statement for itself, which
 * takes longer than to run it on the few rows of a test: few of them make a test that asks thousands of questions fast.
 * Beside it: jest.mock('@/db/kept-shapes', () => ({ keptShapes: () => () => true })).
 */
export function readBy(connections: number, url: string): void {
  const kept = globalThis as typeof globalThis & { licenseCentralPool?: Client }
  kept.licenseCentralPool = connect(url, { max: connections })
}
