import 'server-only'
import { settings } from './env'

/** The present instant of the product: the machine's, or the frozen one of a demo. */
export function now(): Date {
  return settings().DEMO_NOW ?? new Date()
}

/** The present calendar date in UTC, as `YYYY-MM-DD`. Dates of entitlement are compared with this one. */
export function today(): string {
  return now().toISOString().slice(0, 10)
}
