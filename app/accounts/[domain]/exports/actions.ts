'use server'

import { cookies } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { formatNames } from '@/lib/exporting/formats'
import { cancelExport, startExport } from '@/lib/exporting/jobs'
import { TooManyExports } from '@/lib/exporting/limits'
import { EXPORTS_COOKIE } from '@/lib/exporting/news'
import { exportsIn } from '@/lib/paths'

const domainOf = (domain: string) => z.string().max(253).parse(domain)
const wanted = z.object({
  tab: z.string().max(40),
  search: z.string().max(8000),
  format: z.enum(formatNames),
  extent: z.enum(['shown', 'all']),
})

export type StartState = { problems: string[] }

/** Starts an export as a job, and leads to where it can be watched. */
export async function startJob(
  where: string,
  given: z.input<typeof wanted>,
  key: string,
  _: StartState,
): Promise<StartState> {
  const viewer = await getViewer(domainOf(where))
  const asked = wanted.parse(given)
  try {
    await startExport(viewer, asked, z.uuid().parse(key))
  } catch (error) {
    if (error instanceof NotFound) notFound()
    if (error instanceof Invalid) return { problems: error.problems }
    if (error instanceof TooManyExports || error instanceof Conflict) return { problems: [error.message] }
    throw error
  }
  const path = exportsIn(viewer.account.domain)
  const jar = await cookies()
  jar.set(EXPORTS_COOKIE, 'started', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 24 * 60 * 60 })
  redirect(path)
}

/** Ends an export that is under way, or deletes one that is ready. */
export async function cancelJob(where: string, id: string): Promise<void> {
  const viewer = await getViewer(domainOf(where))
  const read = z.uuid().safeParse(id)
  if (!read.success) notFound()
  await cancelExport(viewer, read.data).catch((error: unknown) => {
    if (error instanceof NotFound) notFound()
    throw error
  })
  redirect(exportsIn(viewer.account.domain))
}
