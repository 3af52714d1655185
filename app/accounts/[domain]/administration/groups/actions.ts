'use server'

import { confirmed, filled, idIn, parsed, stepped, viewerWho } from '@/app/form-steps'
import { groupForm } from '@/lib/administration/group-schema'
import { memberReview, roleReview } from '@/lib/administration/group-words'
import { readPeople } from '@/lib/administration/people-list'
import {
  addMembers as add,
  createGroup as create,
  deleteGroup as drop,
  giveGroupRole as give,
  removeMember as remove,
  renameGroup as rename,
  takeGroupRole as take,
} from '@/lib/administration/plan-groups'
import { type RoleDraft, readRole } from '@/lib/administration/schema'
import type { FormState } from '@/lib/administration/state'
import { today } from '@/lib/clock'
import { Invalid } from '@/lib/errors'
import { group, groups } from '@/lib/paths'

type Done = { problems: string[] }
const manager = (domain: string) => viewerWho('users.manage', domain)

/** A new group; leads to its page. */
export async function createGroup(domain: string, _: FormState, form: FormData): Promise<FormState> {
  const viewer = await manager(domain)
  return filled(form, Object.keys(groupForm.shape), async (key) => {
    const { id } = await create(viewer, parsed(groupForm, form), key)
    return group(viewer.account.domain, id)
  })
}

/** Another name or description. */
export async function renameGroup(domain: string, id: number, _: FormState, form: FormData): Promise<FormState> {
  const viewer = await manager(domain)
  return filled(form, Object.keys(groupForm.shape), async (key) => {
    await rename(viewer, idIn(id), parsed(groupForm, form), key)
    return group(viewer.account.domain, idIn(id))
  })
}

/** Shows what new members would see; with the step `give` they are in the group. */
export async function addMembers(domain: string, id: number, _: FormState, form: FormData): Promise<FormState> {
  const viewer = await manager(domain)
  return stepped(form, ['people'], {
    review: () => memberReview(viewer, idIn(id), readPeople(String(form.get('people') ?? ''), viewer.account.domain)),
    give: async (_, key) => {
      const emails = readPeople(String(form.get('getting') ?? ''), viewer.account.domain).flatMap(
        ({ email }) => email ?? [],
      )
      await add(viewer, idIn(id), emails, key)
      return group(viewer.account.domain, idIn(id))
    },
  })
}

/** Takes somebody out of the group. */
export async function removeMember(domain: string, id: number, person: number, _: Done, form: FormData): Promise<Done> {
  const viewer = await manager(domain)
  return confirmed(form, async (key) => {
    await remove(viewer, idIn(id), idIn(person), key)
    return group(viewer.account.domain, idIn(id))
  })
}

/** Shows what each member would see with another role; with the step `give` the group has it. */
export async function giveGroupRole(domain: string, id: number, _: FormState, form: FormData): Promise<FormState> {
  const viewer = await manager(domain)
  return stepped(form, ['role', 'place', 'nested', 'lastDay'], {
    review: () => roleReview(viewer, idIn(id), draftIn(form)),
    give: async (_, key) => {
      await give(viewer, idIn(id), draftIn(form), key)
      return group(viewer.account.domain, idIn(id))
    },
  })
}

/** Takes a role from the group. */
export async function takeGroupRole(domain: string, id: number, role: number, _: Done, form: FormData): Promise<Done> {
  const viewer = await manager(domain)
  return confirmed(form, async (key) => {
    await take(viewer, idIn(id), idIn(role), key)
    return group(viewer.account.domain, idIn(id))
  })
}

/** Deletes the group. */
export async function deleteGroup(domain: string, id: number, _: Done, form: FormData): Promise<Done> {
  const viewer = await manager(domain)
  return confirmed(form, async (key) => {
    await drop(viewer, idIn(id), key)
    return groups(viewer.account.domain)
  })
}

function draftIn(form: FormData): RoleDraft {
  const role = readRole(form, today())
  if ('problems' in role) throw new Invalid(role.problems)
  return role.draft
}
