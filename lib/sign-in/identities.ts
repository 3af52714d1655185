import 'server-only'
import type { TransactionSql } from 'postgres'
import { sql, within } from '@/lib/access/database'
import { normalEmail, organisationOf } from '@/lib/email-address'
import { env } from '@/lib/env'

/** Who a provider says somebody is. Only issuer and subject identify; the rest serves the first sign-in. */
export type Identity = {
  issuer: string
  subject: string
  email: string | null
  emailVerified: boolean
  name: string | null
}

type User = { id: number; is_demo: boolean; disabled: boolean }

/**
 * The id of the person bound to an identity. At the first sign-in a verified address binds the identity to the
 * person with that address, or to a new one without any role. Null when the person may not come in this way.
 */
export async function userOfIdentity(identity: Identity): Promise<number | null> {
  const user = await within(5_000, () =>
    sql().begin(async (tx) => (await bound(tx, identity)) ?? (await bind(tx, identity))),
  )
  if (!user || user.disabled || (user.is_demo && !env().DEMO)) return null
  return user.id
}

async function bound(tx: TransactionSql, { issuer, subject }: Identity): Promise<User | undefined> {
  const [user] = await tx<User[]>`
    select u.id, u.is_demo, u.disabled_at is not null as disabled
    from user_identities i join users u on u.id = i.user_id where i.issuer = ${issuer} and i.subject = ${subject}`
  return user
}

async function bind(tx: TransactionSql, identity: Identity): Promise<User | undefined> {
  const { issuer, subject, emailVerified, name } = identity
  const email = identity.email === null ? null : normalEmail(identity.email)
  if (!email || !emailVerified) return undefined
  await tx`
    insert into users (email, name, organisation) values (${email}, ${name?.slice(0, 200) || email}, ${organisationOf(email)})
    on conflict (email) do nothing`
  // Locked, so that of two subjects with the same address only the first is bound.
  const [user] = await tx<User[]>`
    select id, is_demo, disabled_at is not null as disabled from users where email = ${email} for update`
  if (!user || user.disabled) return undefined
  const taken = await tx`
    insert into user_identities (issuer, subject, user_id)
    select ${issuer}, ${subject}, ${user.id}
    where not exists (select from user_identities where issuer = ${issuer} and user_id = ${user.id})
    on conflict (issuer, subject) do nothing
    returning user_id`
  // The provider gave an address that already belongs to another subject to somebody else: never the same person.
  return taken.length > 0 ? user : bound(tx, identity)
}
