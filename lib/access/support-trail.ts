import 'server-only'
import { cache } from 'react'
import { pageOfRequest } from '@/lib/auth'
import { write } from '@/lib/changes/write'
import type { Viewer } from './viewer'

/** Whoever sees an account by support access leaves an event for each page, once a request; nobody else leaves any. */
export async function leaveSupportTrail(viewer: Viewer): Promise<void> {
  if (viewer.support.length > 0) await leave(await pageOfRequest(), viewer)
}

// The layout and the page of one request have different viewers: what they have in common is the page.
const trails = cache(() => new Set<string>())

async function leave(page: string | null, viewer: Viewer): Promise<void> {
  const [access] = viewer.support
  const left = trails()
  if (!access || page === null || left.has(page)) return
  left.add(page)
  const event = { type: 'support-access.used', subject: 'support_access', subjectId: access.id } as const
  await write(viewer, { permission: 'assets.see', asReading: true }, async () => ({
    result: null,
    events: [{ ...event, virtualAccountIds: [], detail: { page } }],
  }))
}
