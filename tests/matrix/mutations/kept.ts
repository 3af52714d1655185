import type { CodeMutation } from './scan'

/** A check that nothing can show to be missing, and why it stays; `source`: only where its line says so. */
type Kept = { file: string; check: RegExp; source?: RegExp | undefined; why: string }

/** A check of the account beside one of the scope. */
const alongKey = (file: string, check: RegExp, source?: RegExp): Kept => ({
  file,
  check,
  source,
  why: 'It leads along an index: what stands beside it is in scope, or was found so, and belongs to it by a key with the account.',
})

/** What a write says that it needs, where its work asks again: of the roles that the transaction holds, or by place. */
const askedAgain = (file: string): Kept => ({
  file,
  check: /^permission of a write/,
  why: 'Who may is asked again while it is done, of the roles of that moment or by place; this one refuses before anything is read.',
})

/** A read of the scope whose rows are each asked by their place besides (permissions.test.ts). */
const askedByPlace = (file: string, check: RegExp, source?: RegExp): Kept => ({
  file,
  check,
  source,
  why: 'Of what it finds only that is told which is where the viewer may do this; who may do something in a place sees what is in it.',
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
  {
    file: 'lib/administration/places.ts',
    check: /^scope: inRollupScope\(/,
    why: 'It is asked for the ids of the Virtual Accounts that the viewer sees, and read by those.',
  },
  {
    file: 'lib/administration/change-role.ts',
    check: /count !== 1|r\.revokedAt/,
    why: 'The role was in force a statement before, and roles of an account change one after the other.',
  },
  {
    file: 'lib/assignment/order-parts.ts',
    check: /^scope: inScopeNamed\(viewer, '[dpn]'\)/,
    why: 'What the viewer does not see is left out of the plan (draft.ts); here it keeps that from counting among the most that are read.',
  },
  {
    file: 'lib/assignment/rules.ts',
    check: /-> inScope\(\{/,
    why: 'Only who assigns in the whole account comes to it.',
  },
  {
    file: 'lib/importing/catalogue.ts',
    check: /^permission of a write/,
    why: 'A command of the operator writes it, who is asked for no permission.',
  },
  {
    file: 'lib/delivery/order-files.ts',
    check: /^(scope: inScope\(viewer, line\)|permission: can\(viewer, 'documents\.download')/,
    why: 'Two checks of one fact: who sees a place downloads in it, and who downloads in it sees it (permissions.test.ts).',
  },
  {
    file: 'lib/sharing/send.ts',
    check: /^(scope: inScope\(viewer, d\)|refusal: if \(!row\?\.id\))/,
    why: 'The database asks the same of every share (app.share_problem), and answers in the same words.',
  },
  {
    file: 'lib/views/send-due.ts',
    check: /^permission: can\(reader, 'export'\)/,
    why: 'Who has a role that sees anything may export it (permissions.test.ts), and who has none is no reader.',
  },
  askedByPlace('lib/assignment/finders.ts', /-> inScope\(\{/),
  askedByPlace('lib/assignment/finders.ts', /^scope: inScope\(/, /balance\} < 0|join \$\{[ld]\} on/),
  askedByPlace('lib/sharing/sharable.ts', /^scope: inScope\(/),
  askedByPlace('lib/sharing/send.ts', /^scope: inScope\(viewer, line\)/),
  askedByPlace('lib/paks/reveal.ts', /-> inScope\(\{/),
  askedAgain('lib/administration/change-role.ts'),
  askedAgain('lib/administration/decide-request.ts'),
  {
    file: 'lib/administration/fresh.ts',
    check: /^refusal: if \(!fresh\)/,
    why: 'Whether they hold a role that may is asked before (lib/changes/write.ts), and roles are held from then on.',
  },
  askedAgain('lib/administration/grant.ts'),
  askedAgain('lib/administration/plan-groups.ts'),
  askedAgain('lib/administration/plan-places.ts'),
  askedAgain('lib/assignment/hand-over.ts'),
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
  alongKey('lib/importing/decide.ts', /run\.accountId/),
  alongKey('lib/exporting/run-job.ts', /^account:/),
  alongKey('lib/views/changes.ts', /^account:/, /^const of = /),
  alongKey('lib/views/send-due.ts', /^account:/),
  alongKey('lib/resources/device-detail.ts', /licenseUse/),
  alongKey('lib/resources/event-detail.ts', /\(item\./),
  alongKey('lib/resources/event-things.ts', /changeItems/),
  alongKey('lib/resources/history.ts', /changeItems/),
  alongKey('lib/resources/order-rows.ts', /^account:/),
  alongKey('lib/resources/subscription-detail.ts', /\(t\./),
  alongKey('lib/resources/subscriptions.ts', /^account:/),
  alongKey('lib/search/find-license.ts', /^account:/),
  alongKey('lib/search/found-others.ts', /\{tags\.smartAccountId\}/),
]

const isOf = ({ file, name, source }: CodeMutation, one: Kept) =>
  one.file === file && one.check.test(name) && (one.source?.test(source) ?? true)

/** Why a check stays that nothing can show to be missing; undefined of every other. */
export const keptReason = (mutation: CodeMutation): string | undefined => kept.find((one) => isOf(mutation, one))?.why

/** What is said of no check that there is. */
export const keptInVain = (mutations: readonly CodeMutation[]): Kept[] =>
  kept.filter((one) => !mutations.some((mutation) => isOf(mutation, one)))
