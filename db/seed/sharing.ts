import { createHash } from 'node:crypto'
import { shareLetter } from '@/lib/sharing/share-letter'
import { outbox } from '../schema/changes'
import { deliveryContacts, orderShareItems, orderShares } from '../schema/orders'
import { instantOf } from './days'
import type { Device } from './devices'
import type { Ids } from './ids'
import type { LicenseOrder } from './licenses'
import type { Loader } from './loader'
import { customerOrderNumber, type Order } from './orders'
import type { People } from './people'
import type { Scene } from './scene'

type ShareRow = typeof orderShares.$inferSelect
type Lines = { order: Order; lines: number[] }
type Assets = { order: Order; line: number; devices: number[] }

/** A share that was sent, for the Event Log. */
export type SentShare = { id: number; orderId: number; virtualAccountId: number; sentBy: number; at: Date }

/** Watches the orders of an account go by and keeps the newest that suit Order Based Access. */
export class ShareCandidates {
  #lines: Lines[] = []
  #assets: Assets | undefined

  see(order: Order, made: readonly Device[]): void {
    if (!order.virtualAccount || order.virtualAccount.restricted) return
    const whole = order.lines.filter((line) => !line.perChassis)
    const many = whole.find((line) => line.quantity >= 4 && line.product.assetType === 'hardware')
    if (whole.length >= 3) {
      this.#lines = [...this.#lines, { order, lines: whole.slice(0, 2).map((line) => line.id) }].slice(-2)
    } else if (many) {
      const devices = made.filter(({ row }) => row.orderLineId === many.id).map(({ row }) => row.id)
      this.#assets = { order, line: many.id, devices: devices.slice(0, 2) }
    }
  }

  /** Some lines of two orders for one address, two assets of one line for another. */
  add(loader: Loader, scene: Scene, people: People, ids: Ids): SentShare[] {
    const admin = people.idOf('admin@aurora.example')
    const user = people.idOf('user@aurora.example')
    const sent: SentShare[] = []
    for (const [index, { order, lines }] of this.#lines.entries()) {
      const share = addShare(loader, scene, order, 'recipient@fjord.example', 'lines', index === 0 ? user : admin, ids)
      for (const line of lines) addItem(loader, scene, share, line, null, ids)
      mail(loader, scene, { share, order, to: 'recipient@fjord.example', opens: `${lines.length} lines` }, ids)
      sent.push(share)
    }
    const [oldest] = this.#lines
    if (oldest) sent.push(...addPast(loader, scene, oldest, admin, ids))
    if (this.#assets) {
      const { order, line, devices } = this.#assets
      const share = addShare(loader, scene, order, 'asset-recipient@fjord.example', 'assets', user, ids)
      for (const device of devices) addItem(loader, scene, share, line, device, ids)
      mail(loader, scene, { share, order, to: 'asset-recipient@fjord.example', opens: `${devices.length} assets` }, ids)
      sent.push(share)
    }
    return sent
  }
}

/** A share that has ended and one that was taken back, both opened in their time. */
function addPast(loader: Loader, scene: Scene, { order, lines }: Lines, sentBy: number, ids: Ids): SentShare[] {
  const over = { openedAt: instantOf(scene.today - 3, 9) }
  const shares = [
    addShare(loader, scene, order, 'installer@fjord.example', 'lines', sentBy, ids, {
      ...{ ...over, expiresAt: instantOf(scene.today - 1, 0) },
    }),
    addShare(loader, scene, order, 'former@fjord.example', 'lines', sentBy, ids, {
      ...{ ...over, revokedAt: instantOf(scene.today - 1, 11), revokedBy: sentBy },
    }),
  ]
  for (const share of shares) for (const line of lines.slice(0, 1)) addItem(loader, scene, share, line, null, ids)
  return shares
}

const NOTE = 'For the installation on site'
/** Of the demo alone, and the same each time. */
const tokenOf = (id: number) => createHash('sha256').update(`demo share ${id}`).digest('base64url')

type Sent = { share: SentShare; order: Order; to: string; opens: string }

/** Its mail, which waits: the demo sends none. */
function mail(loader: Loader, scene: Scene, { share, order, to, opens }: Sent, ids: Ids): void {
  const customer = customerOrderNumber(scene, order.id)
  loader.add(outbox, {
    ...{ smartAccountId: scene.id, id: ids.next('outbox'), kind: 'order-share', recipient: to },
    payload: shareLetter({
      ...{ number: order.number, customerOrderNumber: customer, note: NOTE, opens },
      ...{ organisation: 'aurora.example', lastDay: null, token: tokenOf(share.id) },
    }),
    ...{ createdAt: share.at, attempts: 0, nextAttemptAt: share.at, sentAt: null, state: 'waiting' },
    ...{ about: 'order_share', aboutId: share.id, usefulUntil: null, claim: null, claimedAt: null, handedAt: null },
    problem: '',
  })
}

function addShare(
  loader: Loader,
  scene: Scene,
  order: Order,
  email: string,
  level: ShareRow['level'],
  sentBy: number,
  ids: Ids,
  over: Partial<ShareRow> = {},
): SentShare {
  const id = ids.next('orderShares')
  const at = instantOf(scene.today - 6 + (id % 4), 10)
  loader.add(orderShares, {
    smartAccountId: scene.id,
    id,
    orderId: order.id,
    email,
    level,
    customerOrderNumber: customerOrderNumber(scene, order.id),
    note: NOTE,
    tokenHash: createHash('sha256').update(tokenOf(id)).digest('hex'),
    sentBy,
    sentAt: at,
    expiresAt: null,
    revokedAt: null,
    revokedBy: null,
    openedAt: null,
    downloadedAt: null,
    claimedAt: null,
    claimedBy: null,
    ...over,
  })
  return { id, orderId: order.id, virtualAccountId: order.virtualAccount?.id ?? 0, sentBy, at }
}

function addItem(
  loader: Loader,
  scene: Scene,
  share: SentShare,
  orderLineId: number,
  deviceId: number | null,
  ids: Ids,
): void {
  const id = ids.next('orderShareItems')
  loader.add(orderShareItems, { smartAccountId: scene.id, id, shareId: share.id, orderLineId, deviceId })
}

/** Names an outsider as the eDelivery contact of three orders of licenses. */
export function addDeliveryContact(loader: Loader, scene: Scene, made: readonly LicenseOrder[], ids: Ids): void {
  const open = made.filter(({ virtualAccount }) => virtualAccount && !virtualAccount.restricted)
  for (const order of open.slice(-3)) {
    loader.add(deliveryContacts, {
      smartAccountId: scene.id,
      id: ids.next('deliveryContacts'),
      orderId: order.id,
      email: 'delivery@grove.example',
      name: 'Dara Quinn',
    })
  }
}
