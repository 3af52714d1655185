'use server'

import { refresh } from 'next/cache'
import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import type { ChooseState } from '@/components/assignment/choose-form'
import type { ListState } from '@/components/assignment/list-form'
import type { UndoState } from '@/components/assignment/undo-form'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { answered, fieldIn } from '@/lib/administration/answer'
import { formKey } from '@/lib/administration/schema'
import { applyPlan } from '@/lib/assignment/apply'
import { type DraftOptions, draftOfRows } from '@/lib/assignment/draft'
import { draftOfText } from '@/lib/assignment/list'
import { planId, quantitiesIn, targetForm } from '@/lib/assignment/schema'
import { targetOf } from '@/lib/assignment/targets'
import { undoAssignment } from '@/lib/assignment/undo'
import { Invalid } from '@/lib/errors'
import { assignmentPlan } from '@/lib/paths'
import { type ChosenRows, chosenRows } from '@/lib/resources/chosen-rows'
import { paramsOf } from '@/lib/table/href'

type Done = { problems: string[] }
const LARGEST_FILE = 1_000_000

/** Plans what was chosen and leads to the review. `search` names the rows, as in the address of the page. */
export async function planRows(domain: string, search: string, _: ChooseState, form: FormData): Promise<ChooseState> {
  const viewer = await assigner(domain)
  const rows = await chosenRows(viewer, paramsOf(new URLSearchParams(z.string().max(20_000).parse(search))))
  if (!rows) notFound()
  const answer = await answered(async () => {
    const given = targetForm.safeParse(
      Object.fromEntries(['target', 'name', 'lines'].map((name) => [name, form.get(name)])),
    )
    if (!given.success) throw new Invalid(given.error.issues.map(({ message }) => message))
    const { target, name, lines } = given.data
    const to = targetOf(viewer, target ?? '', name ?? '')
    if (to === null)
      throw new Invalid(['Choose a target Virtual Account, or type the exact name of one that you may assign to.'])
    return draftOfRows(viewer, rows, to, quantitiesOf(form), {
      origin: originOf(rows),
      withLines: rows.tab === 'orders' || (rows.tab === 'devices' && lines === 'yes'),
    })
  })
  if (answer === null) notFound()
  if ('problems' in answer)
    return { ...answer, target: fieldIn(form, 'target').slice(0, 20), name: fieldIn(form, 'name').slice(0, 100) }
  redirect(assignmentPlan(viewer.account.domain, answer.done))
}

/** One order is named by its event. */
const originOf = ({ tab, chosen }: ChosenRows): DraftOptions['origin'] => {
  if (tab !== 'orders') return { kind: 'rows' }
  const [id] = chosen.ids
  return { kind: 'order', ...(!chosen.all && chosen.ids.length === 1 && id !== undefined && { id }) }
}

/** Plans what a file or a pasted list names, and leads to the review. */
export async function planList(domain: string, _: ListState, form: FormData): Promise<ListState> {
  const viewer = await assigner(domain)
  const file = form.get('file')
  const typed = fieldIn(form, 'text')
  const answer = await answered(async () => {
    if (file instanceof File && file.size > LARGEST_FILE)
      throw new Invalid(['The file is larger than 1 MB. Split it into several files.'])
    const text = file instanceof File && file.size > 0 ? await file.text() : typed
    return draftOfText(viewer, text)
  })
  if (answer === null) notFound()
  if ('problems' in answer) return { ...answer, text: typed }
  redirect(assignmentPlan(viewer.account.domain, answer.done))
}

/** Carries a plan out. */
export async function applyAssignment(domain: string, plan: number, _: Done, __: FormData): Promise<Done> {
  const viewer = await assigner(domain)
  const id = planId.safeParse(plan)
  if (!id.success) notFound()
  const answer = await answered(() => applyPlan(viewer, id.data))
  if (answer === null) notFound()
  if ('problems' in answer) return answer
  redirect(assignmentPlan(viewer.account.domain, answer.done.plan))
}

/** Takes an assignment back; `key` is that of the form, so that two submissions of it are one. */
export async function undoChange(
  domain: string,
  changeSet: number,
  key: string,
  _: UndoState,
  __: FormData,
): Promise<UndoState> {
  const viewer = await assigner(domain)
  const id = planId.safeParse(changeSet)
  const given = formKey.safeParse(key)
  if (!(id.success && given.success)) notFound()
  const answer = await answered(() => undoAssignment(viewer, id.data, given.data))
  if (answer === null) notFound()
  if ('problems' in answer) return answer
  refresh()
  return { problems: [], done: answer.done }
}

/** To whoever assigns nothing there is no such page, and no such action. */
async function assigner(domain: string): Promise<Viewer> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  if (!can(viewer, 'assign')) notFound()
  return viewer
}

function quantitiesOf(form: FormData) {
  try {
    return quantitiesIn(form)
  } catch (error) {
    if (error instanceof z.ZodError) throw new Invalid(error.issues.map(({ message }) => message))
    throw error
  }
}
