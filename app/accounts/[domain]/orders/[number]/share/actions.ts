'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { answered, fieldIn, keyIn } from '@/lib/administration/answer'
import { today } from '@/lib/clock'
import { Invalid } from '@/lib/errors'
import { shares } from '@/lib/paths'
import { opensText, reviewShare, sendShare } from '@/lib/sharing/send'
import {
  MOST_RECIPIENTS,
  readDraft,
  readRecipients,
  type ShareDraft,
  type ShareFields,
} from '@/lib/sharing/send-schema'
import { shareLetter } from '@/lib/sharing/share-letter'
import type { ShareReview, ShareState } from '@/lib/sharing/share-state'

/** Shows what sharing would open, exactly; with the step `send` it shares, and leads to the list of shares. */
export async function sendOrderAccess(
  domain: string,
  order: string,
  _: ShareState,
  form: FormData,
): Promise<ShareState> {
  const viewer = await getViewer(z.string().max(253).parse(domain))
  const number = z.string().max(100).parse(order)
  if (!can(viewer, 'orders.share') || number.includes('\0')) notFound()
  const given = fieldsIn(form)
  const read = readDraft(given, today())
  const recipients = readRecipients(given.recipients)
  if ('problems' in read) return { problems: read.problems, given }
  const answer = await answered(async () =>
    form.get('step') === 'send'
      ? { sent: await sendShare(viewer, number, getting(recipients), read.draft, keyIn(form)) }
      : { review: await reviewOf(viewer, number, read.draft, given) },
  )
  if (answer === null) notFound()
  if ('problems' in answer) return { ...answer, given }
  if ('sent' in answer.done) redirect(`${shares(viewer.account.domain)}?q=${encodeURIComponent(number)}`)
  return form.get('step') === 'edit' ? { problems: [], given } : { problems: [], given, review: answer.done.review }
}

const getting = (recipients: ReturnType<typeof readRecipients>) => recipients.flatMap(({ email }) => email ?? [])

async function reviewOf(viewer: Viewer, number: string, draft: ShareDraft, given: ShareFields): Promise<ShareReview> {
  const recipients = readRecipients(given.recipients)
  const { order, problem, level } = await reviewShare(viewer, number, draft)
  const people = getting(recipients).length
  const problems = [
    ...(recipients.length === 0 ? ['Say who gets access: at least one e-mail address.'] : []),
    ...(people > MOST_RECIPIENTS ? [`Share with at most ${MOST_RECIPIENTS} addresses at once.`] : []),
    ...(problem ? [problem] : []),
  ]
  if (!order || problems.length > 0) throw new Invalid(problems.length > 0 ? problems : ['There is nothing to share.'])
  const n = level === 'assets' ? order.assets.total : order.lines.total
  const { customerOrderNumber, note, lastDay } = draft
  const opens = opensText(level, n)
  const letter = shareLetter({ number, customerOrderNumber, note, opens, organisation: '', lastDay, token: '' })
  return {
    ...{ key: crypto.randomUUID(), recipients, subject: letter.subject, order },
    ...{ what: `${opens} of order ${number}`.replace('the whole of order', 'the whole order') },
    mails: people * (draft.perLine ? order.lines.total : 1),
  }
}

function fieldsIn(form: FormData): ShareFields {
  const all = (name: string) =>
    form
      .getAll(name)
      .map((value) => String(value).slice(0, 20))
      .slice(0, 2_000)
  const field = (name: string) => fieldIn(form, name)
  return {
    ...{ recipients: field('recipients'), level: field('level'), lines: all('lines'), devices: all('devices') },
    ...{ customerOrderNumber: field('customerOrderNumber'), note: field('note'), mails: field('mails') },
    lastDay: field('lastDay'),
  }
}
