import { accessRequests } from '../schema/requests'
import { instantOf } from './days'
import type { Ids } from './ids'
import type { Loader } from './loader'
import type { People } from './people'
import type { Scene } from './scene'

/** Requests for access to the demo's main account: one that waits, one that was declined. */
export function addRequests(loader: Loader, scene: Scene, people: People, today: number, ids: Ids): void {
  const emea = scene.virtualAccounts.find(({ name }) => name === 'EMEA')?.id
  const common = { smartAccountId: scene.id, domain: scene.plan.domain }
  loader.add(accessRequests, {
    ...{ ...common, id: ids.next('accessRequests'), userId: people.idOf('sven.dahl@borealis.example') },
    ...{ role: 'va_viewer', places: 'EMEA', virtualAccountIds: emea === undefined ? [] : [emea] },
    ...{ reason: 'Joint network review of the EMEA sites', formKey: 'demo-1', state: 'pending' },
    ...{ requestedAt: instantOf(today - 2, 9.5), decidedAt: null, decidedBy: null, answer: '' },
  })
  loader.add(accessRequests, {
    ...{ ...common, id: ids.next('accessRequests'), userId: people.idOf('pat.novak@aurora.example') },
    ...{ role: 'sa_admin', places: '', virtualAccountIds: [] },
    ...{ reason: 'To stand in during the holidays', formKey: 'demo-2', state: 'declined' },
    ...{ requestedAt: instantOf(today - 30, 8.2), decidedAt: instantOf(today - 29, 10) },
    ...{ decidedBy: people.idOf('admin@aurora.example'), answer: 'Amir stands in' },
  })
}
