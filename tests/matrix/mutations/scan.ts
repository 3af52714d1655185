/** One check of lib taken away: a piece of a file and what stands there instead. */
export type CodeMutation = { file: string; line: number; name: string; text: string }

/** Holds for every row: what a condition of Drizzle becomes. The process that runs the mutated code sets it (ask.ts). */
const EVERYTHING = '(globalThis.everything)'

type Rule = {
  name: string
  /** Where a check begins; with `isCall` it goes on to the parenthesis that closes its call. */
  pattern: RegExp
  isCall?: true
  only?: RegExp
  except?: RegExp
  /** The texts that stand in its place, one mutation each. */
  instead: (found: string) => readonly string[]
}

const WHOLE_ACCOUNT = `scope: { kind: 'account' }`
/** The same call, in the scope of somebody who sees the whole account. */
const widened = (call: string) => call.replace(/\(\s*(\w+)/, `({ ...$1, ${WHOLE_ACCOUNT} }`)

const rules: readonly Rule[] = [
  {
    name: 'scope',
    pattern: /(?<!function )\b(inScope|inRollupScope|inEventScope)\(/g,
    isCall: true,
    instead: (call) => [EVERYTHING, widened(call)],
  },
  {
    name: 'permission',
    pattern: /(?<!function )(?<![.\w])can\(/g,
    isCall: true,
    instead: () => ['true'],
  },
  { name: 'contact', pattern: /(?<![.\w])mayKnow\(/g, isCall: true, instead: () => ['true'] },
  { name: 'permission of a write', pattern: /\bpermission: '[\w.-]+'/g, instead: () => [`permission: 'assets.see'`] },
  {
    name: 'role that sees',
    pattern: /\bextentOf\('assets\.see', (held\.)?role\)/g,
    instead: () => ['true'],
  },
  { name: 'refusal', pattern: /\bif \([^\n]*\) (?=throw new NotFound)/g, instead: () => ['if (Boolean(0)) '] },
  {
    name: 'refusal',
    pattern: /\bif \([^\n]*\) (?=(notFound\(|redirect\(|return null\b))/g,
    only: /^lib\/access\/viewer\.ts$/,
    instead: () => ['if (Boolean(0)) '],
  },
  {
    name: 'filter',
    pattern: /\.filter\(/g,
    isCall: true,
    only: /^lib\/access\/(viewer|scope|directory|reasons)\.ts$/,
    instead: () => ['.filter(() => true)'],
  },
  {
    name: 'person',
    pattern: /\beq\((shares|contacts|tableLayouts|importRuns)\.(email|userId|actorUserId), [\w.]+\)/g,
    instead: () => [EVERYTHING],
  },
  {
    name: 'account',
    pattern: /\beq\(\w+\.(smartAccountId|id), [\w.]*account(\.i|I)d\)/g,
    instead: () => [EVERYTHING],
  },
  {
    name: 'account',
    pattern: /\$\{[\w.]*(smartAccountId|tenant)\} = \$\{(viewer\.)?account\.id\}/g,
    except: /^lib\/access\/scope\.ts$/,
    instead: () => ['true'],
  },
  {
    name: 'whole account',
    pattern: /\bviewer\.scope\.kind !== 'account'/g,
    instead: () => ['Boolean(0)'],
  },
  {
    name: 'whole account',
    pattern: /\bif \(viewer\.scope\.kind === 'account'\)/g,
    instead: () => ['if (Boolean(1))'],
  },
  { name: 'revoked', pattern: /\bisNull\(\w+\.(revokedAt|disabledAt)\)/g, instead: () => [EVERYTHING] },
  {
    name: 'expired',
    pattern: /\bor\(isNull\(\w+\.expiresAt\), gt\(\w+\.expiresAt, now\(\)\)\)|\bgt\(supportAccess\.endsAt, now\(\)\)/g,
    instead: () => [EVERYTHING],
  },
]

/** Every check that is found in a file of lib, each taken away in every way there is. */
export const mutationsOf = (file: string, text: string): CodeMutation[] =>
  rules
    .filter(({ only, except }) => (!only || only.test(file)) && !except?.test(file))
    .flatMap((rule) => mutationsBy(rule, file, text))

function mutationsBy({ name, pattern, isCall, instead }: Rule, file: string, text: string): CodeMutation[] {
  const matches = [...text.matchAll(pattern)].filter(({ index }) => !isComment(text, index))
  return matches.flatMap(({ index, 0: begin }) => {
    const end = isCall ? closing(text, index + begin.length) : index + begin.length
    const check = text.slice(index, end)
    const line = text.slice(0, index).split('\n').length
    return instead(check).map((other) => ({
      file,
      line,
      name: `${name}: ${oneLine(check)} -> ${oneLine(other)}`,
      text: text.slice(0, index) + other + text.slice(end),
    }))
  })
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 70)

const isComment = (text: string, index: number) =>
  /^\s*(\*|\/\/|\/\*)/.test(text.slice(text.lastIndexOf('\n', index) + 1))

/** Where the parenthesis closes that was opened before `from`. Strings in between hold none that is not closed. */
function closing(text: string, from: number): number {
  let depth = 1
  let at = from
  while (depth > 0 && at < text.length) {
    if (text[at] === '(') depth++
    if (text[at] === ')') depth--
    at++
  }
  return at
}
