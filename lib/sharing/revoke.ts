import 'server-only'
import { sql } from 'drizzle-orm'
import type { Viewer } from '@/lib/access/viewer'
import { lastDayOf } from '@/lib/administration/schema'
import type { EventDraft } from '@/lib/changes/events'
import { write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { Invalid, NotFound } from '@/lib/errors'
import { queueMail, withdrawMail } from '@/lib/mail/queue'
import { hashOf, newToken } from './link-token'
import { countSend } from './send'
import { shareLetter } from './share-letter'

const MOST_AT_ONCE = 250

/**
 * Takes shares back, whichever of them the viewer may: from then on they open nothing, to nobody. Those that are not
 * theirs, or are over already, stay as they are. Throws NotFound where none is left.
 */
export function revokeShares(viewer: Viewer, ids: readonly number[], key: string): Promise<{ revoked: number }> {
  const wanted = [...new Set(ids)].sort((a, b) => a - b)
  if (wanted.length === 0) throw new Invalid(['Choose at least one share.'])
  if (wanted.length > MOST_AT_ONCE) throw new Invalid([`Revoke at most ${MOST_AT_ONCE} at once.`])
  const idempotency = { key: `revoke:${viewer.account.id}:${key}`, request: { wanted } }
  return write(viewer, { permission: 'orders.share', idempotency }, async (tx) => {
    const at = now().toISOString()
    const rows = (await tx.execute(
      sql`select id, order_id as "orderId", places from app.revoke_shares(${viewer.account.id}, ${`{${wanted.join(',')}}`}::bigint[], ${at}::timestamptz) order by id`,
    )) as unknown as { id: number; orderId: number; places: number[] }[]
    const [first, ...rest] = rows.map(
      ({ id, orderId, places }): EventDraft => ({
        ...{ type: 'orders.share-revoked', subject: 'order', subjectId: orderId },
        ...{ virtualAccountIds: places, detail: { shareId: id } },
      }),
    )
    if (!first) throw new NotFound('There is no such share.')
    await withdrawMail(
      tx,
      viewer.account.id,
      'order_share',
      rows.map(({ id }) => id),
    )
    return {
      result: { revoked: rows.length },
      changeSet: {
        kind: 'revocation' as const,
        summary: { shares: rows.length },
        items: rows.map(({ id }) => ({
          ...{ subject: 'order_share', subjectId: id },
          ...{ before: { revokedAt: null }, after: { revokedAt: at } },
        })),
      },
      events: [first, ...rest],
    }
  })
}

type Renewed = {
  id: number
  orderId: number
  number: string
  email: string
  level: string
  customerOrderNumber: string | null
  note: string
  until: string | null
  places: number[]
}

/** Sends the mail of a share once more, with a new link; the one before opens nothing any more. */
export function resendShare(viewer: Viewer, id: number, key: string): Promise<{ id: number }> {
  const idempotency = { key: `resend:${viewer.account.id}:${key}`, request: { id } }
  return write(viewer, { permission: 'orders.share', idempotency }, async (tx) => {
    await countSend(tx, viewer)
    const token = newToken()
    const [share] = (await tx.execute(sql`
      select id, order_id as "orderId", number, email, level, customer_order_number as "customerOrderNumber", note, places,
        to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as until
      from app.renew_share(${viewer.account.id}, ${id}, ${hashOf(token)}, ${now().toISOString()}::timestamptz)`)) as unknown as Renewed[]
    if (!share) throw new NotFound('There is no such share.')
    const { number, customerOrderNumber, note, email } = share
    const opens = { order: 'the whole', lines: 'lines', assets: 'single assets' }[share.level] ?? 'something'
    const letter = shareLetter({
      ...{ number, customerOrderNumber, note, token, opens },
      ...{ organisation: viewer.organisation, lastDay: lastDayOf(share.until) },
    })
    const about = { subject: 'order_share', id }
    await withdrawMail(tx, viewer.account.id, 'order_share', [id])
    await queueMail(tx, viewer.account.id, [{ kind: 'order-share', to: email, letter, about }])
    return {
      result: { id },
      changeSet: {
        kind: 'share' as const,
        summary: { resent: 1 },
        items: [{ subject: 'order_share', subjectId: id, before: { link: 'earlier' }, after: { link: 'new' } }],
      },
      events: [
        {
          ...{ type: 'orders.share-resent' as const, subject: 'order', subjectId: share.orderId },
          ...{ virtualAccountIds: share.places, detail: { shareId: id } },
        },
      ],
    }
  })
}
