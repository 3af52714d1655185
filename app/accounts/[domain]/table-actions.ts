'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/viewer'
import { NotFound } from '@/lib/errors'
import { account } from '@/lib/paths'
import { tables } from '@/lib/resources/all'
import { paramsOf, toSearch } from '@/lib/table/href'
import { keepLayout } from '@/lib/table/kept-layout'
import { layoutOf, layoutSchema } from '@/lib/table/layout'
import { parseTable } from '@/lib/table/parse'

const place = z.object({ domain: z.string().max(253), table: z.string().max(40), search: z.string().max(8000) })

/** Keeps how the person lays out a table, or forgets it (Reset), and leads back to the list as it was. */
export async function saveLayout(where: z.input<typeof place>, form: FormData): Promise<void> {
  const { domain, table, search } = place.parse(where)
  const viewer = await getViewer(domain)
  const resource = Object.hasOwn(tables, table) ? tables[table] : undefined
  if (!resource) throw new NotFound('There is no such table.')
  if (form.has('reset')) await keepLayout(viewer, resource, null)
  else {
    const sent = layoutSchema.parse({ columns: form.getAll('column'), density: form.get('density') })
    await keepLayout(viewer, resource, layoutOf(resource, sent))
  }
  const { query, problems } = parseTable(resource, paramsOf(new URLSearchParams(search)))
  redirect(`${account(viewer.account.domain)}/${table}${problems.length > 0 ? '' : toSearch(resource, query)}`)
}
