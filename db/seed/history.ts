import type { InferInsertModel } from 'drizzle-orm'
import type { Client } from 'pg'
import { changeItems, changeSets, events, importRuns } from '../schema/changes'
import type { Samples } from './account-data'
import { instantOf } from './days'
import type { Ids } from './ids'
import { insertRow } from './loader'
import type { People } from './people'
import type { Scene } from './scene'
import type { SentShare } from './sharing'

type EventRow = InferInsertModel<typeof events>
type Item = { subjectId: number; before: Record<string, unknown> | null; after: Record<string, unknown> }
type Happening = {
  event: Omit<EventRow, 'smartAccountId' | 'at'> & { at: Date }
  changeSet?: { kind: 'import' | 'assignment'; summary: Record<string, unknown>; items: Item[] }
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
  happenings.sort((one, other) => one.event.at.getTime() - other.event.at.getTime())
  for (const happening of happenings) await addHappening(client, past, happening, ids)
}

async function addHappening(client: Client, { scene }: Past, { event, changeSet }: Happening, ids: Ids): Promise<void> {
  const account = { smartAccountId: scene.id }
  let changeSetId: number | null = null
  if (changeSet) {
    const { kind, summary, items } = changeSet
    changeSetId = ids.next('changeSets')
    const { actorKind, actorUserId } = event
    const made = { ...account, id: changeSetId, kind, actorKind, actorUserId, summary, createdAt: event.at }
    await insertRow(client, changeSets, made)
    for (const [position, item] of items.entries()) {
      await insertRow(client, changeItems, { ...account, changeSetId, position, subject: 'device', ...item })
    }
    if (kind === 'import') await insertRow(client, importRuns, importRun(scene, changeSetId, event, items.length, ids))
  }
  await insertRow(client, events, { ...account, ...event, changeSetId })
}

function importRun(
  scene: Scene,
  changeSetId: number,
  { at: appliedAt, actorUserId }: Happening['event'],
  changed: number,
  ids: Ids,
): InferInsertModel<typeof importRuns> {
  return {
    smartAccountId: scene.id,
    id: ids.next('importRuns'),
    format: 'lc-devices',
    fileName: `${scene.plan.slug}-devices.csv`,
    fileSha256: scene.id.toString(16).padStart(64, '0'),
    actorUserId: actorUserId ?? null,
    startedAt: new Date(appliedAt.getTime() - 4000),
    appliedAt,
    changeSetId,
    changed,
  }
}

const person = (userId: number) => ({ actorKind: 'person' as const, actorUserId: userId })

function created({ scene }: Past): Happening[] {
  return scene.virtualAccounts.map(({ id, parentId, restricted }, index) => ({
    event: {
      at: instantOf(scene.today - 700, 9 + index / 60),
      type: 'virtual_account.created',
      actorKind: 'system' as const,
      subject: 'virtual_account',
      subjectId: id,
      virtualAccountIds: [id],
      detail: { parentId, restricted: restricted ?? false },
    },
  }))
}

function granted({ scene, people }: Past): Happening[] {
  return people.given
    .filter(({ account }) => account === scene.id)
    .map(({ id, userId, role, virtualAccountId, at: when }) => ({
      event: {
        at: when,
        type: 'role.granted',
        actorKind: 'operator' as const,
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
  return scene.virtualAccounts.slice(1, 5).flatMap(({ id }, index) => {
    const devices = samples.get(id) ?? []
    if (devices.length === 0) return []
    const items = devices.map((device) => ({
      subjectId: device.id,
      before: { virtualAccountId: from },
      after: { virtualAccountId: id },
    }))
    const event = {
      at: instantOf(scene.today - 90 + index * 20, 10.5),
      type: 'device.assigned',
      ...person(admin),
      subject: 'device',
      virtualAccountIds: [from, id],
      detail: { devices: devices.length, from, to: id },
      note: index === 0 ? 'Sorted after the roll-out' : '',
    }
    return [{ event, changeSet: { kind: 'assignment' as const, summary: { devices: devices.length }, items } }]
  })
}

/** One file of devices that brought newer software versions. */
function imported({ scene, samples, admin }: Past): Happening[] {
  const devices = (samples.get(scene.defaultAccount.id) ?? []).filter((device) => device.softwareVersion !== null)
  if (admin === null || devices.length === 0) return []
  const items = devices.map(({ id, softwareVersion }) => ({
    subjectId: id,
    before: { softwareVersion: null },
    after: { softwareVersion },
  }))
  const event = {
    at: instantOf(scene.today - 12, 14.2),
    type: 'device.imported',
    ...person(admin),
    subject: 'device',
    virtualAccountIds: [scene.defaultAccount.id],
    detail: { added: 0, changed: devices.length },
  }
  return [{ event, changeSet: { kind: 'import', summary: { added: 0, changed: devices.length }, items } }]
}

function shared({ shares }: Past): Happening[] {
  return shares.map(({ id, orderId, virtualAccountId, sentBy, at: when }) => ({
    event: {
      at: when,
      type: 'order.shared',
      ...person(sentBy),
      subject: 'order',
      subjectId: orderId,
      virtualAccountIds: [virtualAccountId],
      detail: { shareId: id },
    },
  }))
}

function helped({ scene, people, shares }: Past): Happening[] {
  if (shares.length === 0) return []
  const event = {
    at: instantOf(scene.today - 1, 9),
    type: 'support.access_opened',
    actorKind: 'support' as const,
    actorUserId: people.idOf('support@license-central.example'),
    subject: 'smart_account',
    subjectId: scene.id,
    virtualAccountIds: [],
    detail: { days: 14 },
  }
  return [{ event }]
}
