import 'server-only'
import { can, type Viewer } from '@/lib/access/viewer'
import { type RunDetail, type RunSummary, readRun, readRuns } from './run-reader'

/** The newest runs of the account; to somebody who may not import there are none. */
export async function importRunsOf(viewer: Viewer, most = 50): Promise<RunSummary[]> {
  return can(viewer, 'import') ? readRuns(viewer, most) : []
}

/** One run with a page of what it changes or changed; null when there is none in this account, or one may not import. */
export async function importRunOf(viewer: Viewer, id: number, page: number): Promise<RunDetail | null> {
  return can(viewer, 'import') ? readRun(viewer, id, page) : null
}
