/** What License Central does not do, and where to go for it: said where people look for it, never as a dead button. */
export type NotOffered = { id: string; title: string; what: string; where: string }

export const notOffered = {
  upgrade: {
    title: 'Version upgrades',
    what: 'A license cannot be upgraded to another version here.',
    where: 'Open a case with the vendor in the Support Case Manager, with the SKU and the serial number.',
  },
  agreements: {
    title: 'Changes of contracts and subscriptions',
    what: 'Contracts and subscriptions are shown here as they are and cannot be changed.',
    where: 'Your partner or the seller named on the order changes, renews or cancels them.',
  },
  software: {
    title: 'Software images',
    what: 'Software images for devices are not downloaded here; what came with an order is, on the page of that order.',
    where: 'Use the software download section of the vendor’s support portal.',
  },
  transfer: {
    title: 'Moves between Smart Accounts',
    what: 'Licenses and devices are moved between Virtual Accounts here, not from one Smart Account to another.',
    where: 'Use the vendor’s Asset Transfer Manager. It does not take Enterprise Agreement and on-premises assets.',
  },
  finance: {
    title: 'Invoices, payments and prices',
    what: 'License Central is for what comes after the sale, except finance.',
    where: 'Ask the seller named on the order.',
  },
  administrator: {
    title: 'An account whose last administrator has left',
    what: 'Nobody can become the administrator of an account without one that is there.',
    where: 'Open a case with the vendor in the Support Case Manager.',
  },
} as const satisfies Record<string, Omit<NotOffered, 'id'>>

export type NotOfferedName = keyof typeof notOffered

/** All of it, for the page that lists it. */
export const allNotOffered: readonly NotOffered[] = Object.entries(notOffered).map(([id, told]) => ({ id, ...told }))
