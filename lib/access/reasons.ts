import 'server-only'
import type { Reader } from '@/db/client'
import { mayKnow } from './contacts'
import { extentOf } from './permissions'
import { contactsOf, rolesIn, sharesContacts, sharesOf, supportIn } from './reason-rows'
import { type Assignment, pathOf, reachOf, readRoleOf } from './roles'
import { can, type Viewer } from './viewer'

/** Why one person sees an asset: by what, through which place, until when (an ISO instant; null = no end). */
export type Reason = {
  /** Null where the viewer may not know who it is. */
  person: { name: string; email: string } | null
  /** A role, or the kind of share. */
  by: string
  /** `Aurora Logistics › EMEA › Germany`, or the order, or the reason of support. */
  through: string
  until: string | null
  isMe: boolean
}

/** `isWhole`: everybody who sees the asset is in the list; else only those whom the viewer may know of. */
export type Reasons = { list: Reason[]; isWhole: boolean }

/** `deviceId`: what an order share can open; null for anything else. */
type Asset = { deviceId: number | null; virtualAccountId: number | null }
type Held = Pick<Assignment, 'role' | 'virtualAccountId' | 'includesNested' | 'group'> & {
  expiresAt: Date | string | null
}

const shareLabels = {
  order: 'Order Based Access to the order',
  lines: 'Order Based Access to its line',
  assets: 'Order Based Access to this asset',
}
const iso = (instant: Date | string | null) => (instant === null ? null : new Date(instant).toISOString())

const once = <T>(read: () => Promise<T>) => {
  let answer: Promise<T> | undefined
  return () => {
    answer ??= read()
    return answer
  }
}

/** What reasons of all assets of an account go by, each read when it is first asked for. */
export const reasonSources = (reader: Reader, viewer: Viewer) => ({
  roles: once(() => rolesIn(reader, viewer)),
  support: once(() => supportIn(reader, viewer)),
  sharesContacts: once(() => sharesContacts(reader, viewer)),
})

/**
 * Who sees an asset and why. Who may see users gets everybody that row-level security lets them know of, anybody else
 * their own reasons. The queries go out together; with `sources`, once for several assets.
 */
export async function reasonsFor(
  reader: Reader,
  viewer: Viewer,
  asset: Asset,
  sources = reasonSources(reader, viewer),
): Promise<Reasons> {
  const seesUsers = can(viewer, 'users.see', [asset.virtualAccountId])
  const me = { userId: viewer.id, name: viewer.name, email: viewer.email, organisation: viewer.organisation }
  const [roles, support, shares, contacts, isShared] = await Promise.all([
    seesUsers ? sources.roles() : viewer.grants.map(({ group = null, ...grant }) => ({ ...me, ...grant, group })),
    seesUsers ? sources.support() : viewer.support.map(({ endsAt, reason }) => ({ ...me, reason, expiresAt: endsAt })),
    asset.deviceId === null ? [] : sharesOf(reader, viewer, asset.deviceId),
    asset.deviceId === null ? [] : contactsOf(reader, viewer, asset.deviceId),
    sources.sharesContacts(),
  ])
  const isMine = (email: string) => email === viewer.email
  const list = [
    ...roles
      .filter((held) => extentOf('assets.see', held.role) && covers(held, asset, viewer))
      .map(({ userId, name, email, organisation, ...held }): Reason => {
        const isKnown = held.role !== 'sa_admin' || mayKnow(viewer, { id: userId, organisation }, isShared)
        const through = placeOf(held, asset, viewer)
        const person = isKnown ? { name, email } : null
        return { person, by: readRoleOf(held), through, until: iso(held.expiresAt), isMe: userId === viewer.id }
      }),
    ...support.map(
      ({ name, email, reason, expiresAt }): Reason => ({
        person: { name, email },
        by: 'Support, read only',
        through: reason,
        until: iso(expiresAt),
        isMe: isMine(email),
      }),
    ),
    ...shares.map(
      ({ email, level, number, expiresAt }): Reason => ({
        person: { name: email, email },
        by: shareLabels[level],
        through: `Order ${number}`,
        until: iso(expiresAt),
        isMe: isMine(email),
      }),
    ),
    ...contacts.map(
      ({ email, name, number }): Reason => ({
        person: { name: name || email, email },
        by: 'eDelivery contact',
        through: `Order ${number}`,
        until: null,
        isMe: isMine(email),
      }),
    ),
  ]
  const shown = list.filter(({ isMe }) => seesUsers || isMe).sort((a, b) => Number(b.isMe) - Number(a.isMe))
  return { list: shown, isWhole: can(viewer, 'users.see', [null]) }
}

const reachIn = (held: Held, { virtualAccounts }: Viewer) =>
  reachOf(
    {
      id: 0,
      accountId: 0,
      role: held.role,
      virtualAccountId: held.virtualAccountId,
      includesNested: held.includesNested,
      expiresAt: null,
    },
    virtualAccounts,
  )

function covers(held: Held, { virtualAccountId }: Asset, viewer: Viewer): boolean {
  const reach = reachIn(held, viewer)
  return reach === 'account' || (virtualAccountId !== null && reach.has(virtualAccountId))
}

/** The account, the Virtual Account of the role, and the way down to that of the asset. */
function placeOf({ virtualAccountId }: Held, asset: Asset, { account, virtualAccounts }: Viewer): string {
  if (virtualAccountId === null || asset.virtualAccountId === null) return `${account.name}, whole account`
  const given = pathOf(virtualAccountId, virtualAccounts)
  const nested = pathOf(asset.virtualAccountId, virtualAccounts)
  return given === nested
    ? `${account.name} › ${given}`
    : `${account.name} › ${given}, which has ${nested} nested in it`
}
