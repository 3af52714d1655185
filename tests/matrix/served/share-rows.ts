import { LINK_TOKEN } from '../fixture'
import { rolesIn, type Somebody } from '../people'
import { always, type Cell, NOWHERE, once, perAccount, type Row } from './cells'
import type { Thing } from './world'

const SHARERS = ['sa_admin', 'sa_user', 'va_admin', 'va_user']

/** Who shares orders of an account: everything, or what is in their own Virtual Accounts. */
export const shares =
  (domain: string) =>
  (somebody: Somebody): boolean =>
    somebody.isActive && rolesIn(somebody, domain).some(({ role }) => SHARERS.includes(role))

/** Who shares something of an order: a line of it is in a Virtual Account of theirs. */
const sharesThing =
  (thing: Thing, domain: string): Cell['sees'] =>
  (somebody) =>
    somebody.isActive &&
    thing.domain === domain &&
    rolesIn(somebody, domain).some(
      ({ role, places }) =>
        SHARERS.includes(role) &&
        (places === null || (thing.places ?? [thing.place]).some((place) => places.includes(place))),
    )

/** The list of shares, and with a search. */
const givenAccess: Row = (world) => perAccount('administration/shares', shares)(world)

/** The form of an order, in its account and in another one. */
const sharing: Row = ({ orders }) =>
  orders.slice(0, 8).flatMap((thing) =>
    ['aurora.example', 'borealis.example'].map((domain) => ({
      ...{ name: `sharing order ${thing.id} of ${thing.domain} in ${domain}`, inside: domain },
      path: `/accounts/${domain}/orders/${thing.id}/share`,
      missing: `/accounts/${domain}/orders/999999998/share`,
      sees: sharesThing(thing, domain),
    })),
  )

/** From the list of orders: whoever may share one is led to its form, and everybody else nowhere. */
const sharingChosen: Row = ({ orders }) =>
  orders
    .filter(({ row }) => row !== undefined)
    .slice(0, 6)
    .flatMap((thing) =>
      ['aurora.example', 'borealis.example'].map((domain) => ({
        ...{ name: `sharing chosen order ${thing.id} of ${thing.domain} in ${domain}`, inside: domain },
        path: `/accounts/${domain}/share?of=orders&id=${thing.row}`,
        missing: `/accounts/${domain}/share?of=orders&id=999999998`,
        sees: sharesThing(thing, domain),
        leadsTo: (location: string) => location === `/accounts/${domain}/orders/${thing.id}/share`,
      })),
    )

const UNKNOWN = 'x'.repeat(43)

/** Whoever has a link is asked for its code, and learns nothing before; a link that opens nothing is gone. */
const links: Row = () => [
  { name: 'a link', path: `/shared/${LINK_TOKEN}`, isPublic: true, sees: always },
  {
    name: 'a link, asking for its code',
    path: `/shared/${LINK_TOKEN}?step=code&problem=code`,
    isPublic: true,
    sees: always,
  },
  { name: 'an unknown link', path: `/shared/${UNKNOWN}`, status: 410, sees: always },
  { name: 'something that is no link', path: '/shared/1', status: 410, sees: always },
]

/** Files of a link are for a browser that its code let in; whoever else asks for one is led to the code. */
const linkedFiles: Row = () =>
  ['all.zip', 'document-1', 'terms-1', 'document-999999999'].flatMap((file) => [
    { name: `${file} of a link`, path: `/shared/${LINK_TOKEN}/files/${file}`, status: 303, sees: always },
    { name: `${file} of an unknown link`, path: `/shared/${UNKNOWN}/files/${file}`, status: 410, sees: always },
  ])

/** Forms post there; who looks finds no page. */
const postsOnly =
  (step: string): Row =>
  () => [
    { name: `the ${step} of a link`, path: `/shared/${LINK_TOKEN}/${step}`, status: 405, sees: always },
    { name: `the ${step} of an unknown link`, path: `/shared/${UNKNOWN}/${step}`, status: 410, sees: always },
  ]

/** To everybody with a sign-in it says whether the link is theirs, and nothing else of it. */
const claims: Row = () => [
  { name: 'keeping what was shared', path: `/my/claim/${LINK_TOKEN}`, sees: always },
  { name: 'keeping what does not exist', path: `/my/claim/${UNKNOWN}`, sees: always },
  { name: 'keeping what is no link', path: `/my/claim/${NOWHERE}`, sees: always },
]

/** Every route of Order Based Access and of the demo's mail. */
export const shareRoutes: Readonly<Record<string, Row>> = {
  '/accounts/[domain]/administration/shares': givenAccess,
  '/accounts/[domain]/orders/[number]/share': sharing,
  '/accounts/[domain]/share': sharingChosen,
  '/my/claim/[token]': claims,
  '/shared/[token]': links,
  '/shared/[token]/files/[file]': linkedFiles,
  '/shared/[token]/paks/[pak]': postsOnly('paks/1'),
  '/shared/[token]/code': postsOnly('code'),
  '/shared/[token]/open': postsOnly('open'),
  '/api/gone': once({ name: 'what a link that opens nothing gets', path: '/api/gone', status: 410, sees: always }),
  // In demo mode alone, where it stands for the mailboxes of people without a sign-in.
  '/demo/outbox': once({ name: 'mail of the demo', path: '/demo/outbox', status: 200, isPublic: true, sees: always }),
}
