import 'server-only'
import { eq, sql } from 'drizzle-orm'
import type { Reader, Writer } from '@/db/client'
import { smartAccounts as a, roleAssignments as r } from '@/db/schema/accounts'
import { users } from '@/db/schema/people'
import { asUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { write } from '@/lib/changes/write'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { told } from './fresh'
import { inForce } from './queries'

/** What an account has decided about itself. */
export type Settings = {
  name: string
  /** Whether people of other organizations see who administers the account. */
  sharesAdminContacts: boolean
  /** Whether Virtual Account Administrators give Virtual Account roles in their own. */
  virtualAdminsManageUsers: boolean
}

/** The settings, and how many people each of them is about. */
export type SettingsSeen = { settings: Settings; outsiders: number; virtualAdmins: number }

const read = async (reader: Pick<Reader, 'select'>, { account }: Viewer): Promise<Settings> => {
  const [row] = await reader
    .select({
      name: a.name,
      sharesAdminContacts: a.sharesAdminContacts,
      virtualAdminsManageUsers: a.virtualAdminsManageUsers,
    })
    .from(a)
    .where(eq(a.id, account.id))
  return row ?? { name: account.name, sharesAdminContacts: false, virtualAdminsManageUsers: false }
}

/** As it is now; for those who manage the account, who see all of its roles. */
export async function settingsOf(viewer: Viewer): Promise<SettingsSeen> {
  if (!can(viewer, 'account.manage')) throw new NotFound('There are no such settings.')
  return asUser(viewer, async (reader) => {
    const [settings, [counted]] = await Promise.all([
      read(reader, viewer),
      reader
        .select({
          outsiders: sql<number>`(count(distinct ${users.id}) filter (where ${users.organisation} <> ${viewer.account.domain}))::int`,
          virtualAdmins: sql<number>`(count(distinct ${users.id}) filter (where ${r.role} = 'va_admin'))::int`,
        })
        .from(r)
        .innerJoin(users, eq(users.id, r.userId))
        .where(sql`${r.smartAccountId} = ${viewer.account.id} and ${inForce()}`),
    ])
    return { settings, outsiders: counted?.outsiders ?? 0, virtualAdmins: counted?.virtualAdmins ?? 0 }
  })
}

/** What differs, by the name of the setting. */
export const changedSettings = (before: Settings, after: Settings): (keyof Settings)[] =>
  (['name', 'sharesAdminContacts', 'virtualAdminsManageUsers'] as const).filter((name) => before[name] !== after[name])

/**
 * Changes the settings; `seen` is how the form showed them. Throws Invalid when nothing differs, Conflict when somebody
 * has changed them meanwhile.
 */
export function changeSettings(viewer: Viewer, seen: Settings, wanted: Settings, key: string): Promise<Settings> {
  const idempotency = { key: `settings:${viewer.account.id}:${key}`, request: { seen, wanted } }
  return told(() =>
    write(viewer, { permission: 'account.manage', alone: true, idempotency }, async (tx: Writer) => {
      const before = await read(tx, viewer)
      if (changedSettings(before, seen).length > 0)
        throw new Conflict('Somebody has changed the settings meanwhile. Reload the page to see them as they are.')
      const changed = changedSettings(before, wanted)
      if (changed.length === 0) throw new Invalid(['Nothing is different from what it is now.'])
      await tx.update(a).set(wanted).where(eq(a.id, viewer.account.id))
      const of = (settings: Settings) => Object.fromEntries(changed.map((name) => [name, settings[name]]))
      const { name: _, ...flags } = of(wanted)
      const isRenamed = changed.includes('name')
      const subject = { subject: 'account', subjectId: viewer.account.id }
      return {
        result: wanted,
        changeSet: {
          kind: 'account' as const,
          summary: { settings: changed.length },
          items: [{ ...subject, before: of(before), after: of(wanted) }],
        },
        events: [
          {
            type: 'account.changed' as const,
            ...subject,
            virtualAccountIds: [],
            detail: { ...flags, ...(isRenamed && { isRenamed }) },
          },
        ],
      }
    }),
  )
}
