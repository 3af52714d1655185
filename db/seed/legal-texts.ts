/** One version of General Terms or of an Offer Description; `years`: how long ago it came into force. */
export type LegalText = {
  title: string
  versionLabel: string
  years: number
  /** The product family of an Offer Description. */
  family: string | null
  clauses: readonly string[]
}

const NO_EFFECT = 'This is a text of the demo. It has no legal effect and binds nobody.'

const general = (more: readonly string[]) => [
  NO_EFFECT,
  '',
  '1. Scope',
  'These terms are for every order of this demo. What an Offer Description says of a product goes before them.',
  '',
  '2. Right to use',
  'Whoever owns a license may use it up to the quantity bought, from its first day to its last. A perpetual license has no last day. Use is counted by Virtual Account.',
  '',
  '3. Copies and documents',
  'License certificates, keys and software that belong to an order may be downloaded by those who see its lines. Each download is written in the Event Log.',
  '',
  '4. End',
  'With the last day of a term its right to use ends. Support ends with the last date of support of a product, whatever contract covers it.',
  ...more,
]

const offer = (what: string, how: readonly string[]) => [
  NO_EFFECT,
  '',
  '1. What is offered',
  what,
  '',
  '2. How it is counted',
  ...how,
  '',
  '3. What comes with it',
  'Updates of the software and support by phone and web, for as long as the term lasts.',
]

const SWITCHING = 'Software subscriptions for switches of a campus, with analytics and automation in the higher tiers.'
const SWITCHING_TITLE = 'Offer Description: campus switching subscriptions'

/** The terms of the demo. */
export const LEGAL: readonly LegalText[] = [
  { title: 'General Terms', versionLabel: '1.0', years: 6, family: null, clauses: general([]) },
  {
    ...{ title: 'General Terms', versionLabel: '1.1', years: 2, family: null },
    clauses: general([
      '',
      '5. Smart Accounts',
      'New in this version: licenses are held in a Smart Account from the day of the order.',
    ]),
  },
  {
    ...{ title: SWITCHING_TITLE, versionLabel: '2.0', years: 4, family: 'Switching Licenses' },
    clauses: offer(SWITCHING, ['One license for each switch.']),
  },
  {
    ...{ title: SWITCHING_TITLE, versionLabel: '3.0', years: 1, family: 'Switching Licenses' },
    clauses: offer(SWITCHING, [
      'One license for each switch, and for each member of a stack.',
      'New in this version: a license of a higher tier may stand in for a lower one.',
    ]),
  },
  {
    ...{ title: 'Offer Description: sign-in protection', versionLabel: '1.4', years: 2, family: 'Duo' },
    clauses: offer('A second factor for sign-ins, as a service from the cloud.', [
      'One license for each person who signs in.',
    ]),
  },
  {
    ...{ title: 'Offer Description: cloud security', versionLabel: '1.2', years: 2, family: 'Security Cloud' },
    clauses: offer('Protection of traffic and mail, as a service from the cloud.', [
      'One license for each person behind it.',
    ]),
  },
  {
    ...{ title: 'Offer Description: meetings and calling', versionLabel: '2.1', years: 3, family: 'Webex' },
    clauses: offer('Meetings, calls and messages, as a service from the cloud.', [
      'One license for each person who hosts.',
    ]),
  },
]
