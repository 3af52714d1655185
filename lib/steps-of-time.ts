import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Answers, or fails, when a whole number of steps has passed since it was asked: what the work did meanwhile, and whether
 * there was any to do, cannot be told by the clock.
 */
export async function inSteps<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  try {
    return await work()
  } finally {
    // A timer takes whole milliseconds, and leaves the rest out.
    await sleep(Math.ceil(milliseconds - ((performance.now() - began) % milliseconds)))
  }
}
