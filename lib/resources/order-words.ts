import type { holdReasons } from '@/db/schema/enums'

type Reason = Exclude<(typeof holdReasons)[number], ''>

/** What can hold an order: its name, what it means, and who ends it in which way. */
export const holds: Readonly<Record<Reason, { label: string; what: string; next: string }>> = {
  smart_account: {
    label: 'Smart Account hold',
    what: 'No active Smart Account is confirmed for this order.',
    next: 'The customer confirms the Smart Account, or accepts it where it is still pending, and the seller enters it on the order. A pending account lapses after 90 days.',
  },
  acceptance: {
    label: 'Waiting for acceptance',
    what: 'An agreement that this order needs is not accepted yet.',
    next: 'A Smart Account Administrator or Approver accepts the agreement; the seller can send the request again.',
  },
  credit: {
    label: 'Credit hold',
    what: 'The credit check of the buyer is not finished.',
    next: 'The buyer settles it with the seller named on the order. Nothing can be done about it in License Central.',
  },
  export_compliance: {
    label: 'Export compliance',
    what: 'The order waits for its export control check.',
    next: 'The seller tells who will use the products, where and what for. Licenses with export-controlled features stay out until the check is passed.',
  },
  other: {
    label: 'Another reason',
    what: 'The source of the order tells no reason that License Central knows.',
    next: 'Ask the seller named on the order.',
  },
}

export const holdLabels: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(holds).map(([reason, { label }]) => [reason, label]),
)

/** How far the lines of an order are in Virtual Accounts other than DEFAULT. */
export const assignments = ['assigned', 'partly', 'default', 'none'] as const

export const assignmentWords: Readonly<Record<(typeof assignments)[number], string>> = {
  assigned: 'Assigned',
  partly: 'Partly assigned',
  default: 'In DEFAULT',
  none: 'In no Virtual Account',
}

export const documentKinds = {
  license_certificate: 'License certificate',
  license_key: 'License key',
  software: 'Software',
  packing_list: 'Packing list',
} as const

export const deliveryKinds = { shipment: 'Shipment', electronic: 'Electronic delivery' } as const
