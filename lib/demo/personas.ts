/** Opens every demo persona, in demo mode only. */
export const DEMO_PASSWORD = 'demo'

/** The fictional people of the demo, by what they are. The seed makes them, the sign-in page shows them as buttons. */
export type Persona = { email: string; label: string; sees: string }
export type PersonaGroup = { title: string; personas: readonly Persona[] }

export const personaGroups: readonly PersonaGroup[] = [
  {
    title: 'Roles over all of Aurora, a logistics company',
    personas: [
      {
        email: 'admin@aurora.example',
        label: 'Smart Account Administrator',
        sees: 'Everything, and may change everything',
      },
      { email: 'admin2@aurora.example', label: 'Second Administrator', sees: 'The same; two people, one account' },
      {
        email: 'user@aurora.example',
        label: 'Smart Account User',
        sees: 'All assets; assigns and shares, manages nobody',
      },
      { email: 'viewer@aurora.example', label: 'Smart Account Viewer', sees: 'All assets; changes nothing' },
      { email: 'approver@aurora.example', label: 'Smart Account Approver', sees: 'Agreements to accept; no assets' },
    ],
  },
  {
    title: 'Roles in Virtual Accounts of Aurora',
    personas: [
      {
        email: 'va-admin@aurora.example',
        label: 'Virtual Account Administrator',
        sees: 'EMEA and what is nested in it',
      },
      { email: 'va-user@aurora.example', label: 'Virtual Account User', sees: 'Germany only' },
      { email: 'va-viewer@aurora.example', label: 'Virtual Account Viewer', sees: 'APJC; changes nothing' },
    ],
  },
  {
    title: 'Other organizations and partners',
    personas: [
      {
        email: 'admin@borealis.example',
        label: 'Borealis Administrator',
        sees: 'A hospital group, much past its last date of support; also Viewer of Aurora',
      },
      {
        email: 'admin@delta.example',
        label: 'Delta Administrator',
        sees: 'A university with an Enterprise Agreement; its only administrator',
      },
      {
        email: 'partner@cobalt.example',
        label: 'Partner with an account',
        sees: 'Its own account, its holding account, and Aurora’s Americas',
      },
      { email: 'partner2@ember.example', label: 'Partner without an account', sees: 'Aurora’s EMEA' },
    ],
  },
  {
    title: 'People with whom orders are shared',
    personas: [
      { email: 'recipient@fjord.example', label: 'Recipient of order lines', sees: 'Some lines of two Aurora orders' },
      {
        email: 'asset-recipient@fjord.example',
        label: 'Recipient of single assets',
        sees: 'Single assets of one order line',
      },
      { email: 'delivery@grove.example', label: 'eDelivery contact', sees: 'Three orders delivered to this address' },
      { email: 'stranger@harbor.example', label: 'Stranger', sees: 'Nothing: signed in, nothing shared' },
    ],
  },
  {
    title: 'License Central',
    personas: [
      {
        email: 'support@license-central.example',
        label: 'Internal support',
        sees: 'Read only, with a reason and an end that the account sees',
      },
    ],
  },
]
