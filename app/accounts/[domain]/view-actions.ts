'use server'

import { revalidatePath } from 'next/cache'
import { notFound, redirect } from 'next/navigation'
import { getViewer } from '@/lib/access/signed-in'
import type { Viewer } from '@/lib/access/viewer'
import { Invalid, NotFound } from '@/lib/errors'
import { account } from '@/lib/paths'
import { tableOf } from '@/lib/resources/all'
import { paramsOf, toSearch } from '@/lib/table/href'
import { parseTable, type TableQuery } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { addView, changeView, removeView, updateView } from '@/lib/views/changes'
import { viewQuery } from '@/lib/views/saved-view'
import { scheduleView } from '@/lib/views/schedules'
import { scheduleForm, type ViewPlace, viewForm, viewId, viewPlace, viewProblems } from '@/lib/views/schema'

type List = { viewer: Viewer; path: string; resource: Resource; query: TableQuery }

/** Keeps the list as it is now under the name in the form, and opens it by that. */
export async function saveView(where: ViewPlace, form: FormData): Promise<void> {
  const list = await listAt(where)
  await done(list, async () => {
    const { id } = await addView(list.viewer, stateOf(list), read(form))
    return opened(list, String(id))
  })
}

/** Makes a view what the list is now. */
export async function updateSavedView(where: ViewPlace, id: number, _: FormData): Promise<void> {
  const list = await listAt(where)
  await done(list, async () => {
    await updateView(list.viewer, viewId.parse(id), stateOf(list))
    return opened(list, String(id))
  })
}

/** Renames a view, shares it or not, and says whether the tab opens with it. */
export async function changeSavedView(where: ViewPlace, id: number, form: FormData): Promise<void> {
  const list = await listAt(where)
  await done(list, async () => {
    await changeView(list.viewer, viewId.parse(id), read(form))
    return panelOf(list)
  })
}

/** Sends a view by mail from now on, or no more. */
export async function scheduleSavedView(where: ViewPlace, id: number, form: FormData): Promise<void> {
  const list = await listAt(where)
  await done(list, async () => {
    const given = (name: string) => form.get(name)
    await scheduleView(
      list.viewer,
      viewId.parse(id),
      scheduleForm.parse({
        frequency: given('frequency'),
        recipients: given('recipients'),
        skipsEmpty: given('skipsEmpty'),
      }),
    )
    return panelOf(list)
  })
}

export async function removeSavedView(where: ViewPlace, id: number, _: FormData): Promise<void> {
  const list = await listAt(where)
  await done(list, async () => {
    await removeView(list.viewer, viewId.parse(id))
    const { saved, ...query } = list.query
    return panelOf({ ...list, query: saved === String(id) ? query : list.query })
  })
}

async function listAt(where: ViewPlace): Promise<List> {
  const { domain, tab, search } = viewPlace.parse(where)
  const viewer = await getViewer(domain)
  const params = paramsOf(new URLSearchParams(search))
  const { resource } = tableOf(tab, params)
  if (!resource) notFound()
  const { query, problems } = parseTable(resource, params)
  if (problems.length > 0) throw new Invalid(problems)
  return { viewer, resource, query, path: `${account(viewer.account.domain)}/${tab}` }
}

/** What of the list is kept; its layout where the address says it, else the one that holds for the person stays. */
const stateOf = ({ resource, query }: List) => ({
  resource: resource.name,
  query: viewQuery(resource, query),
  layout: query.layout ?? null,
})

const opened = ({ path, resource, query }: List, saved: string) => {
  const { layout: _, ...rest } = query
  return `${path}${toSearch(resource, { ...rest, saved, page: 1 })}`
}

function panelOf({ path, resource, query }: List): string {
  const search = toSearch(resource, query)
  return `${path}${search}${search ? '&' : '?'}panel=views`
}

function read(form: FormData) {
  const parsed = viewForm.safeParse({
    name: form.get('name'),
    shared: form.get('shared'),
    default: form.get('default'),
  })
  if (!parsed.success) throw new Invalid([viewProblems.name])
  return parsed.data
}

/** Does it and leads on; what is wrong with the form stands over it again. */
async function done(list: List, work: () => Promise<string>): Promise<never> {
  let href: string
  try {
    href = await work()
  } catch (error) {
    if (error instanceof NotFound) notFound()
    if (!(error instanceof Invalid)) throw error
    const [problem] = Object.entries(viewProblems).find(([, text]) => text === error.problems[0]) ?? ['name']
    redirect(`${panelOf(list)}&problem=${problem}`)
  }
  // The palette and the tabs know views too.
  revalidatePath(account(list.viewer.account.domain), 'layout')
  redirect(href)
}
