import type { Permission } from '@/lib/access/permissions'
import { can, type Viewer } from '@/lib/access/viewer'
import * as paths from '@/lib/paths'

/** A part of the administration of an account: what it is for, and who has it. */
type Part = {
  label: string
  about: string
  keywords: string
  shortcut?: string
  needs: Permission
  path: (domain: string) => string
}

const PARTS: readonly Part[] = [
  {
    label: 'Users',
    about: 'Who has a role, how far it reaches and until when: add, change, remove, end sign-ins.',
    keywords: 'people roles administrators invite access grant remove',
    needs: 'users.see',
    path: paths.users,
  },
  {
    label: 'User groups',
    about: 'People who get Virtual Account roles together.',
    keywords: 'team members roles together',
    needs: 'users.see',
    path: paths.groups,
  },
  {
    label: 'Access requests',
    about: 'Who asks to be let in: see what they would see, then approve or decline.',
    keywords: 'approve decline pending ask directory',
    needs: 'requests.approve',
    path: paths.requests,
  },
  {
    label: 'Order Based Access',
    about: 'Who got access to orders, lines or assets, and what became of it: revoke, send again.',
    keywords: 'oba shares shared recipients revoke send again ended opened mail',
    needs: 'orders.share',
    path: paths.shares,
  },
  {
    label: 'Virtual Accounts',
    about: 'The tree that assets are kept apart in: create, nest, rename, move, delete.',
    keywords: 'tree nested default restricted tags create move delete',
    needs: 'virtual-accounts.manage',
    path: paths.virtualAccounts,
  },
  {
    label: 'Imports',
    about: 'Files with devices, licenses, contracts and lifecycle dates: checked first, then carried out.',
    keywords: 'upload csv xlsx json file devices licenses contracts coverage lifecycle eox ldos',
    shortcut: 'g i',
    needs: 'import',
    path: paths.imports,
  },
  {
    label: 'Reconciliation',
    about: 'Where sources differ: take what came in, or keep what is here.',
    keywords: 'differences sources inbox trust conflict',
    needs: 'import',
    path: paths.reconciliation,
  },
  {
    label: 'Support access',
    about: 'Let support read the account, with a reason and an end, and see when it does.',
    keywords: 'internal support case read only open end',
    needs: 'account.manage',
    path: paths.supportAccess,
  },
  {
    label: 'Settings',
    about: 'The name of the account, who sees its administrators, and who manages users.',
    keywords: 'account name privacy contacts delegate',
    needs: 'account.manage',
    path: paths.accountSettings,
  },
]

/** The parts that the viewer has, in the order in which they are found. */
export const administrationParts = (viewer: Viewer) =>
  PARTS.filter(({ needs }) => can(viewer, needs)).map(({ path, needs: _, ...part }) => ({
    ...part,
    href: path(viewer.account.domain),
  }))
