/** A check that nothing can show to be missing, and why it stays. */
type Kept = { file: string; check: RegExp; why: string }

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
    file: 'lib/search/find-license.ts',
    check: /^account:/,
    why: 'It leads along an index: what stands beside it is in scope, or was found so, and belongs to it by a key with the account.',
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
]

/** Why a check stays that nothing can show to be missing; undefined of every other. */
export const keptReason = (file: string, name: string): string | undefined =>
  kept.find((one) => one.file === file && one.check.test(name))?.why
