import type { Viewer } from '@/lib/access/viewer'
import { assign } from '@/lib/paths'
import type { Metric } from '@/lib/table/resource'
import type { RowAction } from '@/lib/table/row-actions'

const virtualAccountsOf = ({ virtualAccounts }: Viewer, isDefault: boolean) => ({
  va: virtualAccounts.filter((account) => account.isDefault === isDefault).map(({ id }) => String(id)),
})

/** How far a kind of asset is assigned to Virtual Accounts; together the three are all of it. `things` starts a sentence. */
export const assignmentMetrics = (things: string) =>
  ({
    assigned: {
      label: 'Assigned',
      params: (viewer) => virtualAccountsOf(viewer, false),
      explain: `${things} in a Virtual Account other than DEFAULT.`,
    },
    inDefault: {
      label: 'In DEFAULT',
      params: (viewer) => virtualAccountsOf(viewer, true),
      explain: `${things} in the DEFAULT Virtual Account, where new orders land until somebody assigns them.`,
    },
    unassigned: {
      label: 'In no Virtual Account',
      params: { va: ['none'] },
      explain: `${things} of the Smart Account that are in no Virtual Account.`,
    },
  }) satisfies Record<string, Metric>

/** What is in a Virtual Account goes to another one. */
export const editAssignment = {
  label: 'Edit Virtual Account assignment',
  permission: 'assign',
  page: assign,
} as const satisfies RowAction
