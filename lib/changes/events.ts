/** Every event there is. A new one is declared here before it can be written; past tense, the thing first. */
export const eventTypes = {
  'access-requests.approved': 'Access request approved',
  'access-requests.declined': 'Access request declined',
  'access-requests.made': 'Access requested',
  'access-requests.withdrawn': 'Access request withdrawn',
  'account.changed': 'Account settings changed',
  'assets.assigned': 'Assets assigned',
  'assignment-rules.created': 'Assignment rule created',
  'assignment-rules.deleted': 'Assignment rule deleted',
  'assignments.undone': 'Assignment taken back',
  'contracts.imported': 'Contract lines imported',
  'devices.assigned': 'Devices assigned',
  'devices.imported': 'Devices imported',
  'differences.decided': 'Differences of sources decided',
  'documents.downloaded': 'Documents downloaded',
  'events.exported': 'Events exported',
  'events.noted': 'Note added',
  'groups.changed': 'User group changed',
  'groups.created': 'User group created',
  'groups.deleted': 'User group deleted',
  'exports.fetched': 'Export downloaded',
  'exports.started': 'Export started',
  'import.checked': 'Import file checked',
  'licenses.assigned': 'Licenses assigned',
  'licenses.imported': 'Licenses imported',
  'lifecycles.imported': 'Lifecycle dates imported',
  'orders.assigned': 'Order assigned',
  'orders.handed-over': 'Order given to a customer',
  'orders.received': 'Order received from a holding account',
  'orders.share-claimed': 'Shared order claimed',
  'orders.share-code-refused': 'Code for a shared order refused',
  'orders.share-opened': 'Shared order opened',
  'orders.share-resent': 'Order Based Access sent again',
  'orders.share-revoked': 'Order Based Access revoked',
  'orders.shared': 'Order shared',
  'paks.revealed': 'PAK revealed',
  'products.assigned': 'Products assigned',
  'roles.changed': 'Role changed',
  'roles.granted': 'Role granted',
  'roles.removed': 'Role removed',
  'sign-ins.ended': 'Sign-ins ended',
  'support-access.ended': 'Support access ended',
  'support-access.opened': 'Support access opened',
  'support-access.used': 'Page viewed by support',
  'views.changed': 'Shared view changed',
  'views.mailed': 'Saved view sent by mail',
  'views.removed': 'Shared view removed',
  'views.shared': 'View shared',
  'virtual-accounts.changed': 'Virtual Account changed',
  'virtual-accounts.created': 'Virtual Account created',
  'virtual-accounts.deleted': 'Virtual Account deleted',
} as const

export type EventType = keyof typeof eventTypes

/** What events are about, as the log calls it. */
export const eventSubjects: Readonly<Record<string, string>> = {
  access_request: 'Access request',
  account: 'Smart Account',
  device: 'Device',
  license: 'License',
  license_term: 'License term',
  order: 'Order',
  order_share: 'Order Based Access',
  import: 'Import',
  lifecycle: 'Lifecycle dates',
  contract: 'Contract',
  contract_line: 'Contract line',
  subscription_line: 'Subscription line',
  order_line: 'Order line',
  assignment_rule: 'Assignment rule',
  change_set: 'Change set',
  difference: 'Difference',
  event: 'Event',
  pak: 'PAK',
  export: 'Export',
  person: 'Person',
  role_assignment: 'Role',
  saved_view: 'Saved view',
  support_access: 'Support access',
  user_group: 'User group',
  virtual_account: 'Virtual Account',
}

/** Who acts, where that is nobody whose name is told. */
export const actorKinds = {
  person: 'Somebody',
  support: 'Support',
  operator: 'The operator of this installation',
  system: 'License Central',
} as const

const readable = (name: string) => name.replace(/[._-]+/g, ' ').replace(/^./, (letter) => letter.toUpperCase())

/** An event's words; those of a type or subject that this version does not know are its name, readable. */
export const readEventType = (type: string): string => (eventTypes as Record<string, string>)[type] ?? readable(type)
export const readSubject = (subject: string): string => eventSubjects[subject] ?? readable(subject)

/** What is said of an operation in the Event Log. Details hold ids and counts, never names or addresses. */
export type EventDraft = {
  type: EventType
  subject: string
  subjectId?: number
  /** The Virtual Accounts touched: their people see the event. */
  virtualAccountIds: readonly number[]
  detail: Record<string, unknown>
  note?: string
}

/** One thing changed: the changed columns before (null for a new thing) and after. */
export type ChangeItem = {
  subject: string
  subjectId: number
  before: Record<string, unknown> | null
  after: Record<string, unknown>
}
