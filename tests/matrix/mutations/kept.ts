/** A check that nothing can show to be missing, and why it stays. */
type Kept = { file: string; check: RegExp; why: string }

/** A check of the account beside one of the scope. */
const alongKey = (file: string, check: RegExp): Kept => ({
  file,
  check,
  why: 'It leads along an index: what stands beside it is in scope, or was found so, and belongs to it by a key with the account.',
})

/** What a write says that it needs, where its work asks again: of the roles that the transaction holds, or by place. */
const askedAgain = (file: string): Kept => ({
  file,
  check: /^permission of a write/,
  why: 'Who may is asked again while it is done, of the roles of that moment or by place; this one refuses before anything is read.',
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
    check: /-> inScope\(\{/,
    why: 'Whether a role that adds notes covers a place of the event is asked too, and such a role sees it.',
  },
  {
    file: 'lib/sharing/opened-rows.ts',
    check: /^account:/,
    why: 'It leads along an index: the order, lines and devices are those of the share, and their ids are of one account.',
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
  askedAgain('lib/administration/change-role.ts'),
  askedAgain('lib/administration/decide-request.ts'),
  askedAgain('lib/administration/plan-groups.ts'),
  askedAgain('lib/administration/plan-places.ts'),
  askedAgain('lib/assignment/apply.ts'),
  askedAgain('lib/assignment/rules.ts'),
  askedAgain('lib/assignment/undo.ts'),
  askedAgain('lib/changes/notes.ts'),
  askedAgain('lib/changes/signed-export.ts'),
  askedAgain('lib/delivery/changes.ts'),
  askedAgain('lib/paks/reveal.ts'),
  askedAgain('lib/sharing/revoke.ts'),
  askedAgain('lib/sharing/send.ts'),
  askedAgain('lib/views/changes.ts'),
  askedAgain('lib/views/send-due.ts'),
  alongKey('lib/administration/change-role.ts', /^account: eq\(r\.smartAccountId/),
  alongKey('lib/administration/groups.ts', /^account: eq\((r\.smartAccountId, viewer|m\.)/),
  alongKey('lib/administration/places.ts', /^account:/),
  alongKey('lib/administration/plan-groups.ts', /^account:/),
  alongKey('lib/administration/plan-places.ts', /^account: eq\((v\.smartAccountId, viewer|tag\.)/),
  alongKey('lib/assignment/review.ts', /^account: eq\((events|changeSets)/),
  alongKey('lib/assignment/undo.ts', /^account:/),
  alongKey('lib/delivery/changes.ts', /^account:/),
  alongKey('lib/delivery/linked-files.ts', /^account:/),
  alongKey('lib/exporting/run-job.ts', /^account:/),
  alongKey('lib/views/send-due.ts', /^account:/),
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
