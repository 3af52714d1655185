'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { Conflict, Invalid, NotFound, Unavailable } from '@/lib/errors'
import { applyImport, checkImport } from '@/lib/importing/changes'
import { countUpload } from '@/lib/importing/limits'
import { runId, uploadForm } from '@/lib/importing/schema'
import { importRun } from '@/lib/paths'

/** What went wrong, to be shown beside the form; a form that worked leads to the page of the run. */
export type FormState = { problems: string[]; format?: string | undefined }

const TOO_LONG =
  'This is more than a page can wait for. Nothing was changed. Split the file, or ask the operator to import it by command.'

/** Reads a file and leads to the preview of what it would change. Changes nothing in the account. */
export async function checkFile(domain: string, _: FormState, form: FormData): Promise<FormState> {
  const viewer = await importer(domain)
  const format = form.get('format')
  const given = uploadForm.safeParse({ format, file: form.get('file') })
  const kept = typeof format === 'string' ? { format } : {}
  if (!given.success) return { ...kept, problems: given.error.issues.map(({ message }) => message) }
  if (!(await countUpload(viewer)))
    return { ...kept, problems: ['You sent too many files in the last hour. Try again later.'] }
  const { file } = given.data
  const answer = await told(async () => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    return checkImport(viewer, { format: given.data.format, fileName: file.name, bytes })
  })
  if ('problems' in answer) return { ...kept, ...answer }
  redirect(importRun(viewer.account.domain, answer.runId))
}

/** Does what the preview of a run says. */
export async function applyRun(domain: string, run: number): Promise<FormState> {
  const viewer = await importer(domain)
  const id = runId.safeParse(run)
  if (!id.success) notFound()
  const answer = await told(() => applyImport(viewer, id.data))
  if ('problems' in answer) return answer
  redirect(importRun(viewer.account.domain, id.data))
}

/** To whoever may not import there is no such page, and no such action. */
async function importer(domain: string): Promise<Viewer> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  if (!can(viewer, 'import')) notFound()
  return viewer
}

async function told(work: () => Promise<{ runId: number }>): Promise<{ runId: number } | { problems: string[] }> {
  try {
    return { runId: (await work()).runId }
  } catch (error) {
    if (error instanceof Invalid) return { problems: error.problems }
    if (error instanceof Conflict)
      return { problems: [error.message, ...error.changed.map((what) => `Differs: ${what}.`)] }
    if (error instanceof Unavailable) return { problems: [TOO_LONG] }
    if (error instanceof NotFound) notFound()
    throw error
  }
}
