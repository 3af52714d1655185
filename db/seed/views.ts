import { savedViews } from '../schema/people'
import { viewSchedules } from '../schema/schedules'
import { instantOf, iso, monthEnd } from './days'
import type { Ids } from './ids'
import type { Loader } from './loader'
import type { Scene } from './scene'

const AURORA = 'aurora.example'

type View = { of: string; resource: string; name: string; query: Record<string, string[]>; isShared: boolean }

const VIEWS: View[] = [
  {
    of: 'admin@aurora.example',
    resource: 'devices',
    name: 'Uncovered, soonest end of support first',
    query: { coverage: ['lapsed', 'never'], sort: ['ldos'] },
    isShared: true,
  },
  {
    of: 'admin@aurora.example',
    resource: 'licenses',
    name: 'Short licenses',
    query: { status: ['out_of_compliance'] },
    isShared: true,
  },
  {
    of: 'user@aurora.example',
    resource: 'devices',
    name: 'Past their last date of support',
    query: { support: ['passed'] },
    isShared: false,
  },
]

/** Views of the main account: two that are shared, one that is somebody's own. */
export function addViews(
  loader: Loader,
  scenes: readonly Scene[],
  idOf: (email: string) => number,
  today: number,
  ids: Ids,
): void {
  const account = scenes.find(({ plan }) => plan.domain === AURORA)?.id
  if (account === undefined) return
  const first = { smartAccountId: account, viewId: 1, userId: idOf('admin@aurora.example') }
  for (const { of, ...view } of VIEWS)
    loader.add(savedViews, {
      ...view,
      smartAccountId: account,
      id: ids.next('savedViews'),
      userId: idOf(of),
      layout: null,
      isDefault: false,
      createdAt: instantOf(today - 30, 10),
    })
  loader.add(viewSchedules, {
    ...first,
    frequency: 'monthly',
    recipients: [first.userId, idOf('va-admin@aurora.example')],
    skipsEmpty: true,
    nextOn: iso(monthEnd(today) + 1),
    paused: '',
    createdAt: instantOf(today - 30, 10),
  })
}
