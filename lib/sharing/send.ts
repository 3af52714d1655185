import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { Reader, Writer } from '@/db/client'
import { devices as d } from '@/db/schema/devices'
import { orderLines as line, orders as o } from '@/db/schema/orders'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { endOf } from '@/lib/administration/schema'
import { write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { Invalid, NotFound } from '@/lib/errors'
import { type Mail, queueMail } from '@/lib/mail/queue'
import { orderScope } from '@/lib/resources/order-scope'
import { hashOf, newToken } from './link-token'
import { type OpenedOrder, readOpened, wouldOpen } from './opened'
import { MOST_MAILS, MOST_RECIPIENTS, type ShareDraft, type ShareLevel } from './send-schema'
import { shareLetter } from './share-letter'

type Item = { lineId: number; deviceId: number | null }
/** What a draft comes to for the sender: of a whole order, who may not share all of it shares its lines that are theirs. */
type Plan = { order: { id: number; number: string }; level: ShareLevel; items: Item[]; problem: string | null }

const FOREIGN =
  'Some of what came with these lines is not yours to share. Share single assets instead, or ask an administrator of the Smart Account.'

/** What the recipient of a draft will see, and nothing else; or why it cannot be shared. Throws NotFound where there is no such order for the viewer. */
export function reviewShare(
  viewer: Viewer,
  number: string,
  draft: ShareDraft,
): Promise<{ level: ShareLevel; order: OpenedOrder | null; problem: string | null }> {
  return asUser(viewer, async (reader) => {
    const { order, level, items, problem } = await planOf(reader, viewer, number, draft)
    if (problem) return { level, order: null, problem }
    const place = { accountId: viewer.account.id, orderId: order.id }
    return { level, order: await readOpened(reader, wouldOpen(place, level, items)), problem: null }
  })
}

async function planOf(
  reader: Pick<Writer, 'select' | 'execute'>,
  viewer: Viewer,
  number: string,
  draft: ShareDraft,
): Promise<Plan> {
  const [order] = await reader
    .select({ id: o.id, number: o.number })
    .from(o)
    .where(and(orderScope(viewer), eq(o.number, number)))
  if (!order) throw new NotFound('There is no such order.')
  const isAll = draft.level === 'order' && can(viewer, 'orders.share', [null])
  const level = draft.level === 'order' && !isAll ? 'lines' : draft.level
  const items = isAll ? [] : await itemsOf(reader, viewer, order.id, draft)
  const [lines, things] = listsOf(items)
  const [row] = (await reader.execute(
    sql`select app.share_problem(${viewer.account.id}, ${order.id}, ${level}, ${lines}::bigint[], ${things}::bigint[]) as problem`,
  )) as unknown as { problem: string }[]
  if (row?.problem === 'missing') throw new NotFound('There is no such line or asset to share.')
  return { order, level, items, problem: row?.problem === 'foreign' ? FOREIGN : null }
}

const listsOf = (items: readonly Item[]) =>
  [
    `{${[...new Set(items.map(({ lineId }) => lineId))].join(',')}}`,
    `{${items.flatMap(({ deviceId }) => deviceId ?? []).join(',')}}`,
  ] as const

/** The chosen lines or assets as they are, in the viewer's scope; all lines that they may share where the order was chosen. */
async function itemsOf(
  reader: Pick<Writer, 'select'>,
  viewer: Viewer,
  orderId: number,
  { level, lineIds, deviceIds }: ShareDraft,
) {
  if (level === 'assets') {
    const rows = await reader
      .select({ lineId: d.orderLineId, deviceId: d.id })
      .from(d)
      .where(and(inScope(viewer, d), sql`${d.id} = any (${`{${deviceIds.join(',')}}`}::bigint[])`))
      .orderBy(d.id)
    if (rows.length !== deviceIds.length) throw new NotFound('There is no such asset to share.')
    return rows.map(({ lineId, deviceId }) => ({ lineId: lineId ?? 0, deviceId }))
  }
  if (level === 'lines') return lineIds.map((lineId) => ({ lineId, deviceId: null }))
  const rows = await reader
    .select({ id: line.id, place: line.virtualAccountId })
    .from(line)
    .where(and(inScope(viewer, line), eq(line.orderId, orderId)))
    .orderBy(line.id)
  return rows
    .filter(({ place }) => can(viewer, 'orders.share', [place]))
    .map(({ id }) => ({ lineId: id, deviceId: null }))
}

/**
 * Shares with all of these addresses, or with none; `key` is that of the form, and however often it is sent, it makes one
 * grant, one event and one mail each. Throws Invalid, or NotFound where something of it is not the viewer's to share.
 */
export function sendShare(
  viewer: Viewer,
  number: string,
  emails: readonly string[],
  draft: ShareDraft,
  key: string,
): Promise<{ shares: number }> {
  const wanted = [...new Set(emails)].sort()
  if (wanted.length === 0 || wanted.length > MOST_RECIPIENTS)
    throw new Invalid([`Share with 1 to ${MOST_RECIPIENTS} addresses at once.`])
  const idempotency = { key: `share:${viewer.account.id}:${key}`, request: { number, wanted, draft } }
  return write(viewer, { permission: 'orders.share', idempotency }, async (tx) => {
    await countSend(tx, viewer)
    const { order, level, items, problem } = await planOf(tx, viewer, number, draft)
    if (problem) throw new Invalid([problem])
    const made = await insertAll(tx, viewer, { order, level, items, emails: wanted, draft })
    await queueMail(
      tx,
      viewer.account.id,
      made.map(({ mail }) => mail),
    )
    const recorded = recordedOf(order.id, level, items.length)
    return {
      result: { shares: made.length },
      changeSet: {
        kind: 'share' as const,
        summary: { ...recorded, shares: made.length },
        items: made.map(({ id }) => ({
          ...{ subject: 'order_share', subjectId: id, before: null },
          after: { ...recorded, lastDay: draft.lastDay },
        })),
      },
      events: [
        {
          ...{ type: 'orders.shared' as const, subject: 'order', subjectId: order.id },
          virtualAccountIds: await placesOf(
            tx,
            viewer,
            made.map(({ id }) => id),
          ),
          detail: { ...recorded, recipients: wanted.length, shares: made.length },
        },
      ],
    }
  })
}

/** What the log keeps of a share: ids and counts. */
const recordedOf = (orderId: number, level: ShareLevel, n: number) => ({
  ...{ orderId, level },
  ...{ lines: level === 'lines' ? n : 0, assets: level === 'assets' ? n : 0 },
})

type Several = Omit<Single, 'email'> & { emails: readonly string[] }

/** A share for each address, or for each address and line. */
async function insertAll(tx: Writer, viewer: Viewer, { items, emails, draft, ...rest }: Several) {
  const parts = draft.perLine ? items.map((item) => [item]) : [items]
  if (parts.length * emails.length > MOST_MAILS)
    throw new Invalid([
      `This would make more than ${MOST_MAILS} mails. Send one mail for all lines, or to fewer addresses.`,
    ])
  const made: { id: number; mail: Mail }[] = []
  for (const email of emails)
    for (const part of parts) made.push(await insertShare(tx, viewer, { ...rest, items: part, email, draft }))
  return made
}

type Single = { order: Plan['order']; level: ShareLevel; items: Item[]; email: string; draft: ShareDraft }

async function insertShare(tx: Writer, viewer: Viewer, { order, level, items, email, draft }: Single) {
  const token = newToken()
  const [lines, things] = listsOf(items)
  const { customerOrderNumber, note, lastDay } = draft
  const [row] = (await tx.execute(sql`
    select app.send_share(${viewer.account.id}, ${order.id}, ${level}, ${lines}::bigint[], ${things}::bigint[], ${email},
      ${customerOrderNumber}, ${note}, ${hashOf(token)}, ${endOf(lastDay)?.toISOString() ?? null}::timestamptz, ${now().toISOString()}::timestamptz) as id`)) as unknown as {
    id: number | null
  }[]
  if (!row?.id) throw new NotFound('There is no such order to share.')
  const letter = shareLetter({
    ...{ number: order.number, customerOrderNumber, note, lastDay, token },
    ...{ opens: opensText(level, items.length), organisation: viewer.organisation },
  })
  return {
    id: row.id,
    mail: { kind: 'order-share' as const, to: email, letter, about: { subject: 'order_share', id: row.id } },
  }
}

export function opensText(level: ShareLevel, n: number): string {
  if (level === 'order') return 'the whole'
  const one = level === 'lines' ? 'line' : 'asset'
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : `${one}s`}`
}

/** The Virtual Accounts of what the shares of one submission open together. */
export async function placesOf(
  tx: Pick<Reader, 'execute'>,
  { account }: Viewer,
  ids: readonly number[],
): Promise<number[]> {
  const rows = (await tx.execute(
    sql`select distinct p as id from unnest(${`{${ids.join(',')}}`}::bigint[]) s, unnest(app.share_places(${account.id}, s)) p order by 1`,
  )) as unknown as { id: number }[]
  return rows.map(({ id }) => id)
}

const SENDS_AN_HOUR = 30

/** Counted once for each intent: in the transaction, behind its key. Throws Invalid. */
export async function countSend(tx: Pick<Reader, 'execute'>, { id }: Viewer): Promise<void> {
  const [row] = (await tx.execute(
    sql`select app.take_attempt(${`oba:${id}`}, ${SENDS_AN_HOUR}, 3600) as allowed`,
  )) as unknown as {
    allowed: boolean
  }[]
  if (!row?.allowed) throw new Invalid([`You have sent ${SENDS_AN_HOUR} times within an hour. Go on in the next one.`])
}
