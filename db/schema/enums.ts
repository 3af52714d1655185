import { pgEnum } from 'drizzle-orm/pg-core'

// Two kinds of closed sets. What lists filter by is text with a check: a comparison of Postgres enums is not leakproof,
// so under row-level security no index could serve it. The rest are Postgres enums.

export const smartAccountType = pgEnum('smart_account_type', ['CUSTOMER', 'HOLDING'])
export const smartAccountStatus = pgEnum('smart_account_status', ['ACTIVE', 'PENDING'])
export const accessLevel = pgEnum('access_level', ['unrestricted', 'restricted'])

/** The seven roles, from the widest to the narrowest. */
export const role = pgEnum('role', [
  'sa_admin',
  'sa_approver',
  'sa_user',
  'sa_viewer',
  'va_admin',
  'va_user',
  'va_viewer',
])

export const assetTypes = ['hardware', 'software', 'cloud'] as const
export const productKind = pgEnum('product_kind', ['device', 'license', 'service'])

/** What the coverage dates of a device mean on the account's day. Kept by app.coverage_status(). */
export const coverageStatuses = ['covered', 'lapsed', 'never', 'not_eligible'] as const

/** Whether there is enough of every license that a device uses in its Virtual Account. Kept by app.refresh_license_states(). */
export const licenseStates = ['sufficient', 'insufficient', 'none'] as const

export const licensingMethods = ['smart', 'traditional', 'cloud', 'enterprise_agreement'] as const
export const licenseTypes = ['TERM', 'PERPETUAL', 'DEMO'] as const
export const billingTypes = ['PREPAID', 'USAGE'] as const
export const complianceStatuses = ['in_compliance', 'out_of_compliance'] as const
export const pakState = pgEnum('pak_state', ['unfulfilled', 'partially_fulfilled', 'fulfilled'])

export const orderKinds = ['standard', 'stocking', 'enterprise_agreement'] as const
export const orderStatuses = ['booked', 'on_hold', 'shipped', 'delivered', 'closed'] as const
/** What holds an order; '' = nothing. */
export const holdReasons = ['', 'smart_account', 'acceptance', 'credit', 'export_compliance', 'other'] as const
export const deliveryKind = pgEnum('delivery_kind', ['shipment', 'electronic'])
export const shareLevel = pgEnum('share_level', ['order', 'lines', 'assets'])
export const documentKind = pgEnum('document_kind', ['license_certificate', 'license_key', 'software', 'packing_list'])
export const legalKind = pgEnum('legal_kind', ['general_terms', 'offer_description'])

export const changeKind = pgEnum('change_kind', [
  'import',
  'assignment',
  'share',
  'revocation',
  'role',
  'account',
  'handover',
  'undo',
])
export const actorKind = pgEnum('actor_kind', ['person', 'support', 'operator', 'system'])
export const importFormat = pgEnum('import_format', [
  'lc-devices',
  'install-base',
  'licenses',
  'ccwr-lines',
  'eox',
  'lifecycle',
  'coverage',
  'order-serials',
])
/** What became of a difference: the new value taken, the one that was there kept, or neither looked into. */
export const differenceStates = ['open', 'taken', 'kept', 'ignored'] as const
/** `unconfirmed`: handed to a mail server that never said whether it took it; `withdrawn`: what it was about had ended. */
export const mailStates = ['waiting', 'sending', 'sent', 'failed', 'unconfirmed', 'withdrawn'] as const
/** What became of a request for access. */
export const requestStates = ['pending', 'approved', 'declined', 'withdrawn'] as const
