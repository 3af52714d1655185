'use server'

import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import * as paths from '@/lib/paths'
import { identifiersOf } from '@/lib/search/identifiers'
import { lookUp } from '@/lib/search/lookup'
import type { Pasted } from '@/lib/search/pasted'

const LONGEST_TEXT = 60_000
const sent = z.object({ text: z.string() })

/** Looks up what was pasted. Changes nothing; a form because an address is too short for 500 identifiers. */
export async function lookUpPasted(domain: string, _before: Pasted, form: FormData): Promise<Pasted> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  const { text } = sent.parse({ text: form.get('text') ?? '' })
  if (text.length > LONGEST_TEXT) return { text: '', problem: 'That is too much text: paste the identifiers alone.' }
  const { identifiers, problem } = identifiersOf(text)
  if (problem) return { text, problem }
  const rows = await lookUp(viewer, identifiers)
  const serials = rows.flatMap(({ typed, found }) => (found.some(({ kind }) => kind === 'devices') ? [typed] : []))
  const search = new URLSearchParams(serials.map((serial) => ['serial', serial.toUpperCase()]))
  if (serials.length === 0) return { text, rows }
  const at = viewer.account.domain
  const ids = rows.flatMap(({ found }) =>
    found.flatMap(({ kind, id }) => (kind === 'devices' && id !== null ? [['id', String(id)]] : [])),
  )
  return {
    ...{ text, rows, devicesHref: `${paths.devices(at)}?${search}` },
    ...(can(viewer, 'assign') && {
      assignHref: `${paths.assign(at)}?${new URLSearchParams([['of', 'devices'], ...ids])}`,
    }),
  }
}
