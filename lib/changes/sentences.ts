import { type Role, roleLabels } from '@/lib/access/roles'
import { type EventType, readEventType } from './events'

/** What is known of an event besides its type; names as far as the reader may know them. */
export type EventFacts = {
  type: string
  detail: Readonly<Record<string, unknown>>
  /** The Virtual Accounts touched. */
  places: readonly number[]
  /** What the event is about, by name. */
  thing: string | null
  /** The file of an import. */
  file: string | null
  /** The person that the event is about. */
  person: string | null
  /** The address of the share that the event is about. */
  recipient: string | null
  /** Another account that the event is about. */
  account: string | null
}

/** The name of a Virtual Account for the reader. */
type PlaceName = (id: unknown) => string
type Sentence = (facts: EventFacts, place: PlaceName) => string

const number = new Intl.NumberFormat('en-US')
const numberIn = ({ detail }: EventFacts, name: string): number => Number(detail[name] ?? 0)
const count = (n: number, one: string) => `${number.format(n)} ${n === 1 ? one : `${one}s`}`

/** `400 new, 20 changed`, without what there is none of. */
const parts = (facts: EventFacts, words: Readonly<Record<string, string>>) =>
  Object.entries(words)
    .filter(([name]) => numberIn(facts, name) > 0)
    .map(([name, word]) => `${number.format(numberIn(facts, name))} ${word}`)
    .join(', ')

const IMPORTED = { added: 'new', changed: 'changed', rejected: 'left out' }
const CHECKED = { added: 'to add', changed: 'to change', unchanged: 'without news', rejected: 'to leave out' }

function imported(facts: EventFacts, what: (n: number) => string): string {
  const done = parts(facts, IMPORTED)
  const besides = numberIn(facts, 'devices')
  const total = numberIn(facts, 'added') + numberIn(facts, 'changed')
  const also = besides > 0 ? `; ${count(besides, 'device')} changed with them` : ''
  return `Imported ${what(total)}${facts.file ? ` from ${facts.file}` : ''}${done ? `: ${done}` : ''}${also}`
}

const groupOf = ({ thing }: EventFacts) => (thing ? `the user group ${thing}` : 'a user group')
const who = ({ person }: EventFacts) => person ?? 'somebody'
const sharedWith = ({ recipient }: EventFacts) => recipient ?? 'who it was shared with'
const sharedOrder = ({ thing }: EventFacts) => (thing ? `Order ${thing}` : 'An order')
/** Behind what somebody did by Order Based Access. */
const byShare = ({ detail, recipient }: EventFacts) =>
  detail['shareId'] ? `, by Order Based Access${recipient ? ` of ${recipient}` : ''}` : ''

const REFUSED: Readonly<Record<string, string>> = {
  none: 'none had been asked for',
  used: 'it had been used',
  expired: 'its ten minutes were over',
  void: 'it was void after five wrong ones',
  wrong: 'it was wrong',
}

/** `6,000 devices as CSV`; of a search that finds very many nobody knew the number. */
const exported = ({ detail }: EventFacts) =>
  `${'rows' in detail ? `${number.format(Number(detail['rows']))} rows of ` : ''}${String(detail['table'] ?? 'a table')} as ${String(detail['format'] ?? 'a file').toUpperCase()}`

/** A role and its place; of a change the event touches the place before too, so that its own stands in the detail. */
function roleOf({ detail, places }: EventFacts, place: PlaceName): string {
  const role = roleLabels[detail['role'] as Role] ?? 'a role'
  const where = 'virtualAccountId' in detail ? [detail['virtualAccountId']].filter((id) => id !== null) : places
  return `${role} ${where.length > 0 ? `in ${where.map(place).join(' and ')}` : 'over the whole Smart Account'}`
}

/** `40 licenses of 2 kinds`: how many, where the detail tells it. */
function licensesIn(facts: EventFacts): string[] {
  const [kinds, quantity] = [numberIn(facts, 'licenses'), numberIn(facts, 'quantity')]
  if (kinds === 0) return []
  return [
    quantity === 0
      ? count(kinds, 'license')
      : `${count(quantity, 'license')}${kinds > 1 ? ` of ${number.format(kinds)} kinds` : ''}`,
  ]
}

/** `Moved 12 devices, 40 licenses of 2 kinds from Americas to EMEA`, as far as the detail tells. */
function assigned(facts: EventFacts, place: PlaceName): string {
  const n = (name: string, one: string) => (numberIn(facts, name) > 0 ? [count(numberIn(facts, name), one)] : [])
  const what = [
    ...n('devices', 'device'),
    ...licensesIn(facts),
    ...n('contractLines', 'contract line'),
    ...n('subscriptionLines', 'subscription line'),
    ...n('orderLines', 'order line'),
    ...n('paks', 'PAK'),
  ]
  const { from, to } = facts.detail
  const way = `${from === undefined ? '' : ` from ${place(from)}`}${to === undefined ? ' between Virtual Accounts' : ` to ${place(to)}`}`
  return `Moved ${what.join(', ') || 'assets'}${way}`
}

/** `order 103000013 with 2 lines`, `3 orders with 7 lines`. */
const ordersOf = (facts: EventFacts) =>
  `${facts.thing ? `order ${facts.thing}` : count(numberIn(facts, 'orders'), 'order')} with ${count(numberIn(facts, 'lines'), 'line')}`

/** What each event says, in the past tense, with the numbers and names that it holds. */
const sentences: Readonly<Record<EventType, Sentence>> = {
  'access-requests.approved': (facts) => `Approved the request of ${who(facts)} for access`,
  'access-requests.declined': (facts) => `Declined the request of ${who(facts)} for access`,
  'access-requests.made': ({ detail }) => `Asked for the role ${roleLabels[detail['role'] as Role] ?? ''}`,
  'access-requests.withdrawn': () => 'Took a request for access back',
  'account.changed': ({ detail }) => {
    const said = (name: string, on: string, off: string) => (name in detail ? [detail[name] ? on : off] : [])
    const done = [
      ...said('isRenamed', 'renamed', ''),
      ...said('sharesAdminContacts', 'third parties see its administrators', 'third parties see no administrators'),
      ...said(
        'virtualAdminsManageUsers',
        'Virtual Account Administrators manage users of their own',
        'only Smart Account Administrators manage users',
      ),
    ].filter(Boolean)
    return `Changed the settings of the Smart Account${done.length > 0 ? `: ${done.join('; ')}` : ''}`
  },
  'assets.assigned': assigned,
  'assignment-rules.created': ({ detail }, place) => `Made a rule that devices belong in ${place(detail['target'])}`,
  'assignment-rules.deleted': ({ detail }, place) => `Deleted a rule that devices belong in ${place(detail['target'])}`,
  'assignments.undone': (facts) => {
    const left = numberIn(facts, 'left')
    const rest = left > 0 ? `; ${count(left, 'thing')} changed since and stayed` : ''
    return `Took an assignment back: ${count(numberIn(facts, 'undone'), 'thing')}${rest}`
  },
  'contracts.imported': (facts) => imported(facts, (n) => count(n, 'contract line')),
  'devices.assigned': (facts, place) => {
    if (facts.detail['devices'] === undefined)
      return facts.thing ? `Assigned the device ${facts.thing}` : 'Assigned devices'
    return assigned(facts, place)
  },
  'devices.imported': (facts) => imported(facts, (n) => count(n, 'device')),
  'differences.decided': (facts) => {
    const what = { taken: 'took what came in', kept: 'kept what was here', ignored: 'ignored what came in' }
    const done = what[facts.detail['choice'] as keyof typeof what] ?? 'decided'
    return `Decided ${count(numberIn(facts, 'differences'), 'difference')} of sources: ${done}`
  },
  'documents.downloaded': (facts) => {
    const { thing, detail } = facts
    const files = ['documentIds', 'termsIds'].flatMap((name) => (Array.isArray(detail[name]) ? detail[name] : []))
    const from = thing ? ` of order ${thing}` : ''
    return `Downloaded ${count(files.length, 'document')}${from}${byShare(facts)}`
  },
  'events.exported': (facts) =>
    `Exported the events ${number.format(numberIn(facts, 'from'))} to ${number.format(numberIn(facts, 'to'))}, signed`,
  'events.noted': ({ thing }) => `Added a note to ${thing ? `event ${thing}` : 'an event'}`,
  'groups.changed': (facts, place) => {
    const { detail } = facts
    const role = roleLabels[detail['role'] as Role] ?? 'a role'
    const said: Readonly<Record<string, string>> = {
      renamed: 'renamed',
      'member-added': `added ${who(facts)}`,
      'member-removed': `removed ${who(facts)}`,
      'role-given': `gave it the role ${role} in ${place(detail['virtualAccountId'])}`,
      'role-taken': `took the role ${role} in ${place(detail['virtualAccountId'])} from it`,
    }
    return `Changed ${groupOf(facts)}: ${said[String(detail['change'])] ?? 'changed'}`
  },
  'groups.created': (facts) => `Created ${groupOf(facts)}`,
  'groups.deleted': ({ detail }) => `Deleted a user group with ${count(Number(detail['members'] ?? 0), 'member')}`,
  'exports.fetched': (facts) => `Downloaded an export of ${exported(facts)}`,
  'exports.started': (facts) => `Started an export of ${exported(facts)}`,
  'import.checked': (facts) =>
    `Checked ${facts.file ?? 'a file'}: ${parts(facts, CHECKED) || 'no row can be used'}. Nothing was changed`,
  'licenses.assigned': assigned,
  'licenses.imported': (facts) => imported(facts, (n) => count(n, 'license')),
  'lifecycles.imported': (facts) => imported(facts, (n) => `lifecycle dates of ${count(n, 'product')}`),
  'orders.assigned': (facts, place) => `${assigned(facts, place)}${facts.thing ? `, with order ${facts.thing}` : ''}`,
  'paks.revealed': (facts) => `Revealed the PAK ending in ${String(facts.detail['lastFour'] ?? '')}${byShare(facts)}`,
  'orders.handed-over': (facts) => `Gave ${ordersOf(facts)} to ${facts.account ?? 'a customer’s Smart Account'}`,
  'orders.received': (facts, place) =>
    `Received ${ordersOf(facts)} in ${facts.places.map(place).join(', ')} from ${facts.account ?? 'a holding account'}`,
  'products.assigned': assigned,
  'orders.share-claimed': (facts) => `${sharedOrder(facts)} was claimed into a sign-in by ${sharedWith(facts)}`,
  'orders.share-code-refused': (facts) => {
    const because = REFUSED[String(facts.detail['because'])] ?? 'it was not right'
    return `${sharedOrder(facts)} was not opened with a code for ${sharedWith(facts)}: ${because}`
  },
  'orders.share-opened': (facts) => `${sharedOrder(facts)} was opened by ${sharedWith(facts)}`,
  'orders.share-resent': ({ thing }) => `Sent Order Based Access to ${thing ? `order ${thing}` : 'an order'} again`,
  'orders.share-revoked': ({ thing }) => `Revoked Order Based Access to ${thing ? `order ${thing}` : 'an order'}`,
  'orders.shared': (facts) => {
    const order = facts.thing ? `order ${facts.thing}` : 'an order'
    const of = [count(numberIn(facts, 'lines'), 'line'), count(numberIn(facts, 'assets'), 'asset')]
    const what =
      facts.detail['level'] === 'lines' ? `${of[0]} of ` : facts.detail['level'] === 'assets' ? `${of[1]} of ` : ''
    const recipients = numberIn(facts, 'recipients')
    return `Shared ${what}${order} by Order Based Access${recipients > 1 ? ` with ${number.format(recipients)} addresses` : ''}`
  },
  'roles.changed': (facts, place) => `Changed a role of ${who(facts)} to ${roleOf(facts, place)}`,
  'roles.granted': (facts, place) => `Gave ${who(facts)} the role ${roleOf(facts, place)}`,
  'roles.removed': (facts, place) => `Took the role ${roleOf(facts, place)} from ${who(facts)}`,
  'sign-ins.ended': (facts) => `Ended ${count(numberIn(facts, 'sessions'), 'open sign-in')} of ${who(facts)}`,
  'support-access.ended': () => 'Ended the access of support to the Smart Account',
  'support-access.opened': () => 'Opened the Smart Account to support, to read only and until an end',
  'support-access.used': ({ detail }) => `Viewed ${String(detail['page'] ?? 'a page')}`,
  'views.changed': () => 'Changed a saved view that is shared in the account',
  'views.mailed': (facts) =>
    `Sent a saved view by mail to ${count(numberIn(facts, 'letters'), 'person').replace('persons', 'people')}`,
  'views.removed': () => 'Removed a saved view that was shared in the account',
  'views.shared': () => 'Shared a saved view in the account',
  'virtual-accounts.changed': ({ thing, detail }, place) => {
    const name = thing ? ` ${thing}` : ''
    if (detail['isDefault']) return `Made the Virtual Account${name} the default`
    const under = detail['parentId'] ? `into ${place(detail['parentId'])}` : 'to the top'
    const done = [detail['isRenamed'] ? 'renamed' : '', detail['isMoved'] ? `moved ${under}` : ''].filter(Boolean)
    return `Changed the Virtual Account${name}${done.length > 0 ? `: ${done.join(', ')}` : ''}`
  },
  'virtual-accounts.created': ({ thing, detail }, place) => {
    const under = detail['parentId'] ? ` in ${place(detail['parentId'])}` : ''
    const restricted = detail['restricted'] ? ', restricted to those with a role in it' : ''
    return `Created the Virtual Account${thing ? ` ${thing}` : ''}${under}${restricted}`
  },
  'virtual-accounts.deleted': (facts, place) => {
    const moved = numberIn(facts, 'moved')
    const went = moved > 0 ? `; ${count(moved, 'asset')} in it went to ${place(facts.detail['target'])}` : ''
    return `Deleted a Virtual Account${went}`
  },
}

/** An event in a sentence without its full stop; one of a type that this version does not know by its name. */
export function readEvent(facts: EventFacts, place: PlaceName): string {
  const sentence = (sentences as Readonly<Record<string, Sentence>>)[facts.type]
  return sentence ? sentence(facts, place) : readEventType(facts.type)
}
