'use server'

import { refresh } from 'next/cache'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import type { Noting } from '@/lib/changes/note-text'
import * as notes from '@/lib/changes/notes'
import { notePlace, noteText } from '@/lib/changes/schema'
import { type ChainPart, verifyChainAfter } from '@/lib/changes/verify'
import { Conflict, NotFound } from '@/lib/errors'

const place = z.object({ domain: z.string().max(253), after: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER) })

/** Verifies the next part of the account's chain of events; to whoever does not see all of it there is none. */
export async function verifyPart(domain: string, after: number): Promise<ChainPart> {
  const given = place.parse({ domain, after })
  const viewer = await getViewer(given.domain)
  return (await verifyChainAfter(viewer, given.after)) ?? notFound()
}

/** Adds what the form says to the event; `key` is that of the form, so that two submissions of it add one note. */
export async function addNote(domain: string, seq: number, key: string, _: Noting, form: FormData): Promise<Noting> {
  const given = notePlace.parse({ domain, seq, key })
  const viewer = await getViewer(given.domain)
  const typed = form.get('note')
  const text = typeof typed === 'string' ? typed : ''
  const read = noteText.safeParse(typed)
  if (!read.success) return { text, problem: read.error.issues[0]?.message ?? 'This is no note.' }
  try {
    await notes.addNote(viewer, { seq: given.seq, key: given.key, text: read.data })
  } catch (error) {
    if (error instanceof Conflict) return { text, problem: error.message }
    if (error instanceof NotFound) notFound()
    throw error
  }
  refresh()
  return { text: '', isAdded: true }
}
