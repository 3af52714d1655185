import 'server-only'
import { sendDueViews } from './send-due'

const EVERY_MS = 5 * 60_000

const kept = globalThis as typeof globalThis & { licenseCentralViews?: NodeJS.Timeout }

/** Looks every few minutes for saved views that are due by mail. Any number of servers may: each is queued once. */
export function startViewWorker(): void {
  kept.licenseCentralViews ??= setInterval(() => {
    sendDueViews().catch((error: unknown) => {
      const message = String(error instanceof Error ? error.message : error).slice(0, 500)
      console.error(JSON.stringify({ at: new Date().toISOString(), level: 'error', code: 'views', message }))
    })
  }, EVERY_MS).unref()
}
