/** Every event there is. A new one is declared here before it can be written; past tense, the thing first. */
export const eventTypes = {
  'devices.assigned': 'Devices assigned',
  'devices.imported': 'Devices imported',
  'import.checked': 'Import file checked',
  'lifecycles.imported': 'Lifecycle dates imported',
  'orders.shared': 'Order shared',
  'roles.granted': 'Role granted',
  'support-access.opened': 'Support access opened',
  'support-access.used': 'Page viewed by support',
  'virtual-accounts.created': 'Virtual Account created',
} as const

export type EventType = keyof typeof eventTypes

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
