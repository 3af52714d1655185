import 'server-only'
import { desc, eq } from 'drizzle-orm'
import { accessRequests as q } from '@/db/schema/requests'
import { asUser, sql, within } from '@/lib/access/database'
import { type Role, roleLabels } from '@/lib/access/roles'
import type { Person } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { type Letter, subjectLine } from '@/lib/mail/letter'
import * as paths from '@/lib/paths'
import { inSteps } from '@/lib/steps-of-time'
import type { RequestDraft, RequestState } from './request-schema'

/** A request as whoever made it sees it: nothing of it tells whether there is such an account. */
export type Asked = {
  id: number
  domain: string
  role: Role
  places: string
  reason: string
  state: RequestState
  requestedAt: Date
  decidedAt: Date | null
  answer: string
}

/** An account of the person's organization, with its administrators as far as they are of the organization too. */
export type OwnAccount = { id: number; domain: string; name: string; administrators: { name: string; email: string }[] }

const MOST = 50
/** Ten times what it takes to tell the administrators of an account that there is. */
const ANSWER_STEP_MS = 200

/** What a person has asked for, the newest first. */
export const askedBy = (person: Pick<Person, 'id'>): Promise<Asked[]> =>
  asUser(person, (reader) =>
    reader
      .select({
        ...{ id: q.id, domain: q.domain, role: q.role, places: q.places, reason: q.reason, state: q.state },
        ...{ requestedAt: q.requestedAt, decidedAt: q.decidedAt, answer: q.answer },
      })
      .from(q)
      .where(eq(q.userId, person.id))
      .orderBy(desc(q.requestedAt), desc(q.id))
      .limit(MOST),
  )

/** The accounts of the person's e-mail domain, whether they have access or not. */
export async function accountsOfOrganisation({ id }: Pick<Person, 'id'>): Promise<OwnAccount[]> {
  return within(5_000, sql()<OwnAccount[]>`select * from app.accounts_of_organisation(${id})`)
}

/**
 * Asks the administrators of the account of a domain for access. The answer is the same whether there is one or not, and
 * takes as long. Throws Conflict where a request for it waits already, or too many were made in an hour.
 */
export async function askAccess(person: Person, { domain, role, places, reason }: RequestDraft, key: string) {
  const names = places.map((name) => name.toLowerCase())
  const letter = letterTo(person, { domain, role, places, reason })
  const [row] = await inSteps(ANSWER_STEP_MS, () =>
    within(
      5_000,
      sql()<
        { answer: string }[]
      >`select app.ask_access(${person.id}, ${domain}, ${role}::role, ${places.join(', ')}, ${names}::text[],
      ${reason}, ${key}, ${JSON.stringify(letter)}::text::jsonb, ${now().toISOString()}) as answer`,
    ),
  )
  if (row?.answer === 'pending')
    throw new Conflict(`You have asked for access to ${domain} already. Withdraw that request to make another one.`)
  if (row?.answer !== 'asked')
    throw new Invalid(['You have made many requests. Wait an hour before you make another one.'])
}

/** Takes a request back. Throws NotFound where there is none that waits. */
export async function withdrawRequest({ id }: Pick<Person, 'id'>, request: number): Promise<void> {
  const [row] = await inSteps(ANSWER_STEP_MS, () =>
    within(
      5_000,
      sql()<{ done: boolean }[]>`select app.withdraw_access_request(${id}, ${request}, ${now().toISOString()}) as done`,
    ),
  )
  if (!row?.done) throw new NotFound('There is no such request.')
}

function letterTo({ name, email }: Person, { domain, role, places, reason }: RequestDraft): Letter {
  return {
    subject: subjectLine(`Access to ${domain}: a request of ${email}`),
    parts: [
      { text: `${name} asks for access to the Smart Account ${domain}.` },
      {
        facts: [
          ['Who', name === email ? email : `${name}, ${email}`],
          ['Role', roleLabels[role]],
          ['Where', places.length > 0 ? places.join(', ') : 'Whole Smart Account'],
          ['Reason', reason],
        ],
      },
      { link: paths.requests(domain), label: 'Review the request' },
    ],
  }
}
