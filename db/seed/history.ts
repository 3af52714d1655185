import { createHash } from 'node:crypto'
import type { InferInsertModel } from 'drizzle-orm'
import type { Client } from 'pg'
import type { ChangeItem, EventDraft } from '@/lib/changes/events'
import { DEVICE_SOURCE } from '@/lib/importing/lc-devices'
import { changeItems, changeSets, events, importRuns } from '../schema/changes'
import type { Samples } from './account-data'
import { instantOf } from './days'
import type { Ids } from './ids'
import { insertRow } from './loader'
import type { People } from './people'
import type { Scene } from './scene'
import type { SentShare } from './sharing'

type EventRow = InferInsertModel<typeof events>
type Happening = {
  at: Date
  actor: Pick<EventRow, 'actorKind' | 'actorUserId'>
  event: EventDraft
  changeSet?: { kind: 'import' | 'assignment'; items: ChangeItem[] }
}

/** What happened in an account so far. */
export type Past = {
  scene: Scene
  people: People
  samples: Samples
  shares: readonly SentShare[]
  admin: number | null
}

/**
 * Writes a few believable operations as the product itself would have: change sets with their items, then the events,
 * in the order of time, which the database numbers and chains.
 */
export async function addHistory(client: Client, past: Past, ids: Ids): Promise<void> {
  const happenings = [
    ...created(past),
    ...granted(past),
    ...moved(past),
    ...imported(past),
    ...shared(past),
    ...helped(past),
  ]
  happenings.sort((one, other) => one.at.getTime() - other.at.getTime())
  for (const happening of happenings) await addHappening(client, past.scene, happening, ids)
}

async function addHappening(client: Client, scene: Scene, happening: Happening, ids: Ids): Promise<void> {
  const { at, actor, event, changeSet } = happening
  const smartAccountId = scene.id
  const changeSetId = changeSet ? ids.next('changeSets') : null
  if (changeSet && changeSetId !== null) {
    const { kind, items } = changeSet
    const made = { smartAccountId, id: changeSetId, kind, ...actor, summary: event.detail, createdAt: at }
    await insertRow(client, changeSets, made)
    for (const [position, item] of items.entries()) {
      await insertRow(client, changeItems, { smartAccountId, changeSetId, position, ...item })
    }
    if (kind === 'import') await addImportRun(client, scene, changeSetId, happening, items, ids)
  }
  const virtualAccountIds = [...event.virtualAccountIds]
  await insertRow(client, events, { smartAccountId, at, ...actor, changeSetId, ...event, virtualAccountIds })
}

/** The run of an import that set software versions, which the devices name as the source of theirs. */
async function addImportRun(
  client: Client,
  scene: Scene,
  changeSetId: number,
  { at, actor }: Happening,
  items: readonly ChangeItem[],
  ids: Ids,
): Promise<void> {
  const id = ids.next('importRuns')
  await insertRow(client, importRuns, {
    smartAccountId: scene.id,
    id,
    format: 'lc-devices',
    fileName: `${scene.plan.slug}-devices.csv`,
    fileSha256: createHash('sha256').update(`${scene.plan.domain} ${id}`).digest('hex'),
    actorUserId: actor.actorUserId ?? null,
    startedAt: new Date(at.getTime() - 4000),
    appliedAt: at,
    changeSetId,
    changed: items.length,
  })
  await client.query(
    `UPDATE devices SET fact_sources = coalesce(fact_sources, '{}')
       || jsonb_build_object('softwareVersion', app.fact_source($3, $4::timestamptz, $5))
     WHERE smart_account_id = $1 AND id = ANY ($2::bigint[])`,
    [scene.id, items.map((item) => item.subjectId), DEVICE_SOURCE, at, id],
  )
}

const person = (actorUserId: number) => ({ actorKind: 'person' as const, actorUserId })
const system = { actorKind: 'system' as const, actorUserId: null }

function created({ scene }: Past): Happening[] {
  return scene.virtualAccounts.map(({ id, parentId, restricted = false }, index) => ({
    at: instantOf(scene.today - 700, 9 + index / 60),
    actor: system,
    event: {
      type: 'virtual-accounts.created',
      subject: 'virtual_account',
      subjectId: id,
      virtualAccountIds: [id],
      detail: { parentId, restricted },
    },
  }))
}

function granted({ scene, people }: Past): Happening[] {
  const here = people.given.filter(({ account }) => account === scene.id)
  return here.map(({ id, userId, role, virtualAccountId, at }) => ({
    at,
    actor: { actorKind: 'operator', actorUserId: null },
    event: {
      type: 'roles.granted',
      subject: 'role_assignment',
      subjectId: id,
      virtualAccountIds: virtualAccountId === null ? [] : [virtualAccountId],
      detail: { userId, role },
    },
  }))
}

/** Devices that were sorted out of DEFAULT into the accounts where they stand now. */
function moved({ scene, samples, admin }: Past): Happening[] {
  if (admin === null) return []
  const from = scene.defaultAccount.id
  return scene.virtualAccounts.slice(1, 5).flatMap(({ id: to }, index): Happening[] => {
    const items = (samples.get(to) ?? []).map((device) => ({
      subject: 'device',
      subjectId: device.id,
      before: { virtualAccountId: from },
      after: { virtualAccountId: to },
    }))
    if (items.length === 0) return []
    const event: EventDraft = {
      type: 'devices.assigned',
      subject: 'device',
      virtualAccountIds: [from, to],
      detail: { devices: items.length, from, to },
      note: index === 0 ? 'Sorted after the roll-out' : '',
    }
    const at = instantOf(scene.today - 90 + index * 20, 10.5)
    return [{ at, actor: person(admin), event, changeSet: { kind: 'assignment', items } }]
  })
}

/** One file of devices, which brought the software versions of some. */
function imported({ scene, samples, admin }: Past): Happening[] {
  const here = scene.defaultAccount.id
  const devices = (samples.get(here) ?? []).filter((device) => device.softwareVersion !== null)
  if (admin === null || devices.length === 0) return []
  const items = devices.map(({ id, softwareVersion }) => ({
    subject: 'device',
    subjectId: id,
    before: { softwareVersion: null },
    after: { softwareVersion },
  }))
  const detail = { added: 0, changed: items.length }
  const event: EventDraft = { type: 'devices.imported', subject: 'device', virtualAccountIds: [here], detail }
  const at = instantOf(scene.today - 12, 14.2)
  return [{ at, actor: person(admin), event, changeSet: { kind: 'import', items } }]
}

function shared({ shares }: Past): Happening[] {
  return shares.map(({ id, orderId, virtualAccountId, sentBy, at }) => ({
    at,
    actor: person(sentBy),
    event: {
      type: 'orders.shared',
      subject: 'order',
      subjectId: orderId,
      virtualAccountIds: [virtualAccountId],
      detail: { shareId: id },
    },
  }))
}

function helped({ scene, people, admin }: Past): Happening[] {
  const opened = people.support
  if (opened?.account !== scene.id || admin === null) return []
  const { id, userId, at } = opened
  return [
    {
      at,
      actor: person(admin),
      event: {
        type: 'support-access.opened',
        subject: 'support_access',
        subjectId: id,
        virtualAccountIds: [],
        detail: { userId },
      },
    },
  ]
}
