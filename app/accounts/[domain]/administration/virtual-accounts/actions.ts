'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { type Answer, answered, fieldIn, keyIn } from '@/lib/administration/answer'
import { newPlace, placeForm, target } from '@/lib/administration/place-schema'
import { changePlace, createPlace, deletePlace, makeDefault } from '@/lib/administration/plan-places'
import { id } from '@/lib/administration/schema'
import type { PlaceFields, PlaceState } from '@/lib/administration/state'
import { Invalid } from '@/lib/errors'
import { virtualAccount, virtualAccounts } from '@/lib/paths'

type Done = { problems: string[] }

/** A new Virtual Account, at the top or nested in another one; leads to its page. */
export async function createVirtualAccount(domain: string, _: PlaceState, form: FormData): Promise<PlaceState> {
  const viewer = await planner(domain)
  const answer = await answered(async () => createPlace(viewer, parsed(newPlace, form), keyIn(form)))
  const to = ({ id }: { id: number }) => virtualAccount(viewer.account.domain, id)
  return ended(viewer, answer, () => ({ given: fieldsIn(form, false) }), to)
}

/** Name, place in the tree, access, preferred end date and tags of one that is there. */
export async function changeVirtualAccount(
  domain: string,
  place: number,
  _: PlaceState,
  form: FormData,
): Promise<PlaceState> {
  const viewer = await planner(domain)
  const answer = await answered(async () => {
    const { access, ...draft } = parsed(placeForm, form)
    return changePlace(viewer, idIn(place), { ...draft, isRestricted: access === 'restricted' }, keyIn(form))
  })
  return ended(viewer, answer, () => ({ given: fieldsIn(form, true) }))
}

/** Makes one the default. */
export async function makeDefaultVirtualAccount(domain: string, place: number, _: Done, form: FormData): Promise<Done> {
  const viewer = await planner(domain)
  const answer = await answered(async () => makeDefault(viewer, idIn(place), keyIn(form)))
  return ended(viewer, answer, () => ({}))
}

/** Deletes one that is empty, or whose assets go to the one that the form names. */
export async function deleteVirtualAccount(domain: string, place: number, _: Done, form: FormData): Promise<Done> {
  const viewer = await planner(domain)
  const answer = await answered(async () => {
    const to = target.safeParse(form.get('target') ?? '')
    if (!to.success) throw new Invalid(['Choose where its assets go from the list.'])
    return deletePlace(viewer, idIn(place), to.data, keyIn(form))
  })
  return ended(viewer, answer, () => ({}))
}

/** To whoever plans nothing there is no such page, and no such action. */
async function planner(domain: string): Promise<Viewer> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  if (!can(viewer, 'virtual-accounts.manage')) notFound()
  return viewer
}

function ended<T, More>(
  viewer: Viewer,
  answer: Answer<T>,
  more: () => More,
  to = (_: T) => virtualAccounts(viewer.account.domain),
): { problems: string[] } & More {
  if (answer === null) notFound()
  if ('problems' in answer) return { ...answer, ...more() }
  redirect(to(answer.done))
}

function idIn(place: number): number {
  const given = id.safeParse(place)
  return given.success ? given.data : notFound()
}

function parsed<Schema extends z.ZodObject>(schema: Schema, form: FormData): z.infer<Schema> {
  const fields = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, form.get(name) ?? '']))
  const given = schema.safeParse(fields)
  if (!given.success) throw new Invalid(given.error.issues.map(({ message }) => message))
  return given.data
}

function fieldsIn(form: FormData, isWhole: boolean): PlaceFields {
  const field = (name: string) => fieldIn(form, name)
  const more = { access: field('access'), preferredEndDate: field('preferredEndDate'), tags: field('tags') }
  return {
    ...{ name: field('name'), description: field('description'), parentId: field('parentId') },
    ...(isWhole && { more }),
  }
}
