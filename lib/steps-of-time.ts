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
    const end = began + (Math.floor((performance.now() - began) / milliseconds) + 1) * milliseconds
    // A timer counts from when the loop of events last came round, so a busy server is woken too early.
    for (let left = end - performance.now(); left > 0; left = end - performance.now()) await sleep(Math.ceil(left))
  }
}
