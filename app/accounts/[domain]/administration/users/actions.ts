'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { answered, fieldIn, keyIn } from '@/lib/administration/answer'
import {
  changeRole as change,
  endSignIns as endAll,
  reviewChange,
  removeRole as take,
} from '@/lib/administration/change-role'
import { giveRoles, reviewGrant } from '@/lib/administration/grant'
import { readPeople } from '@/lib/administration/people-list'
import { id, type RoleDraft, readRole } from '@/lib/administration/schema'
import type { RoleFields, RoleReview, RoleState } from '@/lib/administration/state'
import { sightsOf, whatOf } from '@/lib/administration/words'
import { today } from '@/lib/clock'
import { Invalid } from '@/lib/errors'
import { home, users } from '@/lib/paths'

type Done = { problems: string[] }

/** Shows what adding people would do; with the step `give` it adds them, and leads back to the list. */
export async function addPeople(domain: string, _: RoleState, form: FormData): Promise<RoleState> {
  const viewer = await administrator(domain)
  const taken = await answered(() => takeFile(form, viewer.account.domain))
  if (taken && 'problems' in taken) return { ...taken, given: fieldsIn(form) }
  return stepped(viewer, form, {
    review: async (draft, { people = '' }) => {
      const entries = readPeople(people, viewer.account.domain)
      if (entries.length === 0) throw new Invalid(['Name at least one person, or choose a file that does.'])
      const reviewed = await reviewGrant(viewer, entries, draft)
      const getting = reviewed.flatMap(({ email, problem }) => (email !== null && problem === null ? [email] : []))
      return { people: reviewed.map(sightsOf), getting: getting.join('\n') }
    },
    give: async (draft, key) => {
      const emails = readPeople(String(form.get('getting') ?? ''), viewer.account.domain).flatMap(
        ({ email }) => email ?? [],
      )
      await giveRoles(viewer, emails, draft, key)
      return users(viewer.account.domain)
    },
  })
}

/** Shows what changing a role would do; with the step `give` it changes it. `seen` is the role as the page showed it. */
export async function changeRole(
  domain: string,
  role: number,
  seen: string,
  who: string,
  _: RoleState,
  form: FormData,
): Promise<RoleState> {
  const viewer = await administrator(domain)
  const target = idIn(role)
  const shown = z.string().max(100).parse(seen)
  return stepped(viewer, form, {
    review: async (draft) => {
      const { problems, ...seenThen } = await reviewChange(viewer, target, draft)
      if (problems.length > 0) throw new Invalid(problems)
      const person = {
        typed: z.string().max(300).parse(who),
        email: null,
        problem: null,
        isOutside: false,
        ...seenThen,
      }
      return { people: [sightsOf(person)], getting: '' }
    },
    give: async (draft, key) => {
      const { isMine } = await change(viewer, target, shown, draft, key)
      return isMine ? home() : users(viewer.account.domain)
    },
  })
}

/** Takes a role away; whoever takes their own leaves the account's pages. */
export async function removeRole(domain: string, role: number, _: Done, form: FormData): Promise<Done> {
  return confirmed(domain, role, form, take)
}

/** Ends the open sign-ins of the person with this role. */
export async function endSignIns(domain: string, role: number, _: Done, form: FormData): Promise<Done> {
  return confirmed(domain, role, form, endAll)
}

/** The people of a file stand as if their addresses had been typed, in the step after it too. Throws Invalid for CSV that cannot be read. */
async function takeFile(form: FormData, domain: string): Promise<void> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) return
  const text = (await file.slice(0, FILE_BYTES).text()).replace(/^\uFEFF/, '')
  const listed = readPeople(text, domain).map(({ typed, email }) => email ?? typed)
  form.set('people', [String(form.get('people') ?? '').trim(), ...listed].filter(Boolean).join('\n'))
}
const FILE_BYTES = 60_000

type Steps = {
  review: (draft: RoleDraft, given: RoleFields) => Promise<Pick<RoleReview, 'people' | 'getting'>>
  /** Gives where it leads to. */
  give: (draft: RoleDraft, key: string) => Promise<string>
}

async function stepped(viewer: Viewer, form: FormData, { review, give }: Steps): Promise<RoleState> {
  const given = fieldsIn(form)
  if (form.get('step') === 'edit') return { problems: [], given }
  const role = readRole(form, today())
  if ('problems' in role) return { ...role, given }
  if (form.get('step') !== 'give') {
    const answer = await answered(() => review(role.draft, given))
    if (answer === null) notFound()
    if ('problems' in answer) return { ...answer, given }
    return {
      problems: [],
      given,
      review: { ...answer.done, key: crypto.randomUUID(), what: whatOf(viewer, role.draft) },
    }
  }
  const answer = await answered(async () => give(role.draft, keyIn(form)))
  if (answer === null) notFound()
  if ('problems' in answer) return { ...answer, given }
  redirect(answer.done)
}

async function confirmed(
  domain: string,
  role: number,
  form: FormData,
  work: (viewer: Viewer, id: number, key: string) => Promise<{ isMine: boolean }>,
): Promise<Done> {
  const viewer = await administrator(domain)
  const answer = await answered(async () => work(viewer, idIn(role), keyIn(form)))
  if (answer === null) notFound()
  if ('problems' in answer) return answer
  redirect(answer.done.isMine ? home() : users(viewer.account.domain))
}

/** To whoever manages nobody there is no such page, and no such action. */
async function administrator(domain: string): Promise<Viewer> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  if (!can(viewer, 'users.manage')) notFound()
  return viewer
}

function idIn(role: number): number {
  const given = id.safeParse(role)
  return given.success ? given.data : notFound()
}

function fieldsIn(form: FormData): RoleFields {
  const field = (name: string) => fieldIn(form, name)
  return {
    ...(form.has('people') && { people: field('people') }),
    ...{ role: field('role'), place: field('place'), nested: field('nested') },
    ...{ lastDay: field('lastDay'), purpose: field('purpose') },
  }
}
