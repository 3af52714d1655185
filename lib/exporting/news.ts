import 'server-only'
import type { Viewer } from '@/lib/access/viewer'
import { listExports } from './jobs'

/** A browser in which an export was started asks for news of it; others ask nothing. */
export const EXPORTS_COOKIE = 'exports'

const NEW_MS = 10 * 60_000

/** Files that were finished in the last minutes, and whether more are under way. */
export async function exportNews(viewer: Viewer): Promise<{ finished: string[]; isOpen: boolean }> {
  const rows = await listExports(viewer)
  const isNew = (at: Date | null) => at !== null && Date.now() - at.getTime() < NEW_MS
  return {
    finished: rows
      .filter(({ status, finishedAt }) => status === 'finished' && isNew(finishedAt))
      .map((row) => row.fileName),
    isOpen: rows.some(({ status }) => status === 'waiting' || status === 'running'),
  }
}
