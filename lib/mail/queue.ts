import 'server-only'
import { sql } from 'drizzle-orm'
import type { Reader, Writer } from '@/db/client'
import { outbox } from '@/db/schema/changes'
import type { mailStates } from '@/db/schema/enums'
import { type Letter, subjectLine } from './letter'

/** What mail there is; `share-code` is queued by a function of the database, as nobody is signed in then. */
export type MailKind = 'order-share' | 'share-code' | 'access-request' | 'access-answer' | 'role' | 'report' | 'export'

export type Mail = {
  kind: MailKind
  /** A single address, normalized (lib/email-address.ts). */
  to: string
  letter: Letter
  /** What it is about, as events call it: its mail can be withdrawn and its state read by that. */
  about?: { subject: string; id: number }
  /** After it the mail is of no use. */
  usefulUntil?: Date
}

/** How the newest mail about something stands. `problem` is what the mail server said, '' without one; `at`: an ISO instant. */
export type MailState = { id: number; state: (typeof mailStates)[number]; problem: string; at: string }

/**
 * Puts mail into the outbox of an account, in the transaction of the change that it tells of: it goes out once that is
 * committed, and does not exist if it is not. The writer must be a member of the account.
 */
export async function queueMail(tx: Writer, accountId: number, mails: readonly Mail[]): Promise<void> {
  if (mails.length === 0) return
  await tx.insert(outbox).values(
    mails.map(({ kind, to, letter, about, usefulUntil }) => ({
      smartAccountId: accountId,
      kind,
      recipient: to,
      payload: { ...letter, subject: subjectLine(letter.subject) },
      about: about?.subject ?? '',
      aboutId: about?.id ?? null,
      usefulUntil: usefulUntil ?? null,
    })),
  )
}

/** Takes back mail about these things that has not been sent yet. */
export async function withdrawMail(tx: Writer, accountId: number, subject: string, ids: readonly number[]) {
  await tx.execute(sql`select app.withdraw_mail(${accountId}, ${subject}, ${`{${ids.join(',')}}`}::bigint[])`)
}

/** By the id of the thing, how the newest mail about it stands; things without mail are left out. */
export async function mailStatesOf(reader: Reader, accountId: number, subject: string, ids: readonly number[]) {
  const rows = (await reader.execute(
    sql`select id, state, problem, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from app.mail_states(${accountId}, ${subject}, ${`{${ids.join(',')}}`}::bigint[])`,
  )) as unknown as MailState[]
  return new Map(rows.map((row) => [row.id, row]))
}
