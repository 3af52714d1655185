/** A check that nothing can show to be missing, and why it stays. */
type Kept = { file: string; check: RegExp; why: string }

/** A check of the account beside one of the scope. */
const alongKey = (file: string, check: RegExp): Kept => ({
  file,
  check,
  why: 'It leads along an index: what stands beside it is in scope, or was found so, and belongs to it by a key with the account.',
})

const kept: readonly Kept[] = [
  {
    file: 'lib/access/directory.ts',
    check: /virtualAccountId !== null/,
    why: 'It saves a query: a role over a whole account reaches no Virtual Account by name.',
  },
  {
    file: 'lib/access/reason-rows.ts',
    check: /g\.smartAccountId, viewer\.account\.id/,
    why: 'A role of a group is over one Virtual Account, and those of another account cover nothing in this one.',
  },
  {
    file: 'lib/changes/notes.ts',
    check: /^permission of a write/,
    why: 'Which places a role reaches is asked too; this one holds the roles until the end of the transaction.',
  },
  {
    file: 'lib/changes/notes.ts',
    check: /-> inScope\(\{/,
    why: 'Whether a role that adds notes covers a place of the event is asked too, and such a role sees it.',
  },
  {
    file: 'lib/sharing/opened-rows.ts',
    check: /^account:/,
    why: 'It leads along an index: the order, lines and devices are those of the share, and their ids are of one account.',
  },
  {
    file: 'lib/table/page.ts',
    check: /^whole account: viewer\.scope\.kind/,
    why: 'It chooses a plan for many Virtual Accounts, not rows.',
  },
  {
    file: 'lib/overview/queries.ts',
    check: /-> inScope\(\{/,
    why: 'Only who sees the whole account comes to it.',
  },
  {
    file: 'lib/resources/agreement-detail.ts',
    check: /^scope: inScope\(viewer, (skus|\{ smartAccountId: resource)/,
    why: 'Neighbours are in scope already, and for a place that is not the viewer may know of no reason.',
  },
  {
    file: 'lib/resources/product-lines.ts',
    check: /-> inRollupScope\(\{/,
    why: 'Whole contracts and subscriptions are listed for those only who see the whole account.',
  },
  {
    file: 'lib/resources/text-search.ts',
    check: /-> inScope\(\{/,
    why: 'Every list asks for its scope by itself; here it saves looking for rows that no list shows.',
  },
  {
    file: 'lib/access/reasons.ts',
    check: /'users\.see', \[asset|isMe/,
    why: 'Roles, support, shares and contacts are read only as far as the viewer may know of them.',
  },
  alongKey('lib/resources/device-detail.ts', /licenseUse/),
  alongKey('lib/resources/devices.ts', /^account:/),
  alongKey('lib/resources/event-detail.ts', /\(item\./),
  alongKey('lib/resources/event-things.ts', /changeItems/),
  alongKey('lib/resources/history.ts', /changeItems/),
  alongKey('lib/resources/order-rows.ts', /^account:/),
  alongKey('lib/resources/subscription-detail.ts', /\(t\./),
  alongKey('lib/resources/subscriptions.ts', /^account:/),
  alongKey('lib/search/find-license.ts', /^account:/),
]

/** Why a check stays that nothing can show to be missing; undefined of every other. */
export const keptReason = (file: string, name: string): string | undefined =>
  kept.find((one) => one.file === file && one.check.test(name))?.why
