/** One check of lib taken away: where it stands, and the text of its file with something else there. */
export type CodeMutation = { file: string; line: number; source: string; site: string; name: string; text: string }

/** Holds for every row: what a condition of Drizzle becomes. The process that runs the mutated code sets it (probes.ts). */
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
    pattern: /(?<!function )\b(inScope|inRollupScope|inEventScope|inScopeNamed)\(/g,
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
  rulesFor(file).flatMap((rule) => mutationsBy(rule, file, text))

const rulesFor = (file: string) => rules.filter(({ only, except }) => (!only || only.test(file)) && !except?.test(file))

function mutationsBy(rule: Rule, file: string, text: string): CodeMutation[] {
  return placesOf(rule, file, text).flatMap(({ from, to, site }) => {
    const check = text.slice(from, to)
    const line = text.slice(0, from).split('\n').length
    const source = text.split('\n')[line - 1]?.trim() ?? ''
    // Everybody has some permissions: to ask for one of those instead takes nothing away.
    const others = rule.instead(check).filter((other) => other !== check)
    return others.map((other) => ({
      file,
      line,
      source,
      site,
      name: `${rule.name}: ${oneLine(check)} -> ${oneLine(other)}`,
      text: text.slice(0, from) + other + text.slice(to),
    }))
  })
}

type Place = { from: number; to: number; site: string }

/** Where a rule finds checks, from the first character to the one after the last, each with a name of its own. */
const placesOf = (rule: Rule, file: string, text: string): Place[] =>
  [...text.matchAll(rule.pattern)]
    .filter(({ index }) => !isComment(text, index))
    .map(({ index: from, 0: begin }, nth) => ({
      from,
      to: rule.isCall ? closing(text, from + begin.length) : from + begin.length,
      site: `${file} ${rules.indexOf(rule)}.${nth}`,
    }))

/** The file with a call of `probe(site)` in each check: it tells which of them a question comes to. */
export function withProbes(file: string, text: string): string {
  const pieces = rulesFor(file)
    .flatMap((rule) => placesOf(rule, file, text))
    .flatMap(({ from, to, site }) => {
      const call = `globalThis.probe?.(${JSON.stringify(site)}), `
      // Where an expression begins in what was found: behind these, or at its beginning.
      const [before = ''] = /^(if \(|\.filter\(|\$\{|permission: )/.exec(text.slice(from, to)) ?? []
      const end = before === '.filter(' ? to - 1 : to
      if (before === 'if (' || before === '${') return [{ at: from + before.length, piece: call }]
      return [
        { at: from + before.length, piece: `(${call}` },
        { at: end, piece: ')' },
      ]
    })
  return pieces
    .sort((a, b) => b.at - a.at)
    .reduce((probed, { at, piece }) => probed.slice(0, at) + piece + probed.slice(at), text)
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
