'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { NotFound } from '@/lib/errors'
import { account } from '@/lib/paths'
import { tableOf } from '@/lib/resources/all'
import { keepSelection } from '@/lib/resources/chosen-rows'
import { chosenSchema } from '@/lib/resources/chosen-values'
import { paramsOf, toSearch } from '@/lib/table/href'
import { keepLayout } from '@/lib/table/kept-layout'
import { layoutOf, layoutSchema } from '@/lib/table/layout'
import { parseTable } from '@/lib/table/parse'

const place = z.object({ domain: z.string().max(253), table: z.string().max(40), search: z.string().max(8000) })

/** Keeps how the person lays out a table, or forgets it (Reset), and leads back to the list as it was. */
export async function saveLayout(where: z.input<typeof place>, form: FormData): Promise<void> {
  const { domain, table, search } = place.parse(where)
  const viewer = await getViewer(domain)
  const params = paramsOf(new URLSearchParams(search))
  const { resource } = tableOf(table, params)
  if (!resource) notFound()
  const { query: asked, problems } = parseTable(resource, params)
  const { layout: _, ...query } = asked
  const sent = { columns: form.getAll('column'), density: form.get('density') }
  const layout = form.has('reset') ? null : layoutOf(resource, layoutSchema.parse(sent))
  // In a saved view the columns are the view's: they stand in the address until the view is saved with them.
  if (query.saved && problems.length === 0)
    redirect(`${account(viewer.account.domain)}/${table}${toSearch(resource, layout ? { ...query, layout } : query)}`)
  await keepLayout(viewer, resource, layout)
  redirect(`${account(viewer.account.domain)}/${table}${problems.length > 0 ? '' : toSearch(resource, query)}`)
}

const taken = z.object({ domain: z.string().max(253), tab: z.string().max(40) })

/** Leads the chosen rows of a list to the page of an action, which says what can be done with them. */
export async function takeRows(
  where: z.input<typeof taken>,
  action: string,
  given: z.input<typeof chosenSchema>,
): Promise<void> {
  const { domain, tab } = taken.parse(where)
  const viewer = await getViewer(domain)
  const chosen = chosenSchema.parse(given)
  const href = await keepSelection(viewer, tab, z.string().max(40).parse(action), chosen).catch((error: unknown) => {
    if (error instanceof NotFound) notFound()
    throw error
  })
  redirect(href)
}
