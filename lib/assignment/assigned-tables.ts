import type { assignedSubjects } from '@/db/schema/assignment'

/** Something that is in a Virtual Account, as plans and the Event Log call it. */
export type AssignedSubject = (typeof assignedSubjects)[number]

/** Every table of things that are in a Virtual Account, in the order in which its rows are locked and moved. */
export const ASSIGNED_TABLES: Readonly<Record<AssignedSubject, { table: string; isVersioned: boolean }>> = {
  device: { table: 'devices', isVersioned: true },
  license: { table: 'licenses', isVersioned: true },
  contract_line: { table: 'contract_lines', isVersioned: true },
  subscription_line: { table: 'subscription_lines', isVersioned: true },
  order_line: { table: 'order_lines', isVersioned: false },
  pak: { table: 'paks', isVersioned: false },
}
