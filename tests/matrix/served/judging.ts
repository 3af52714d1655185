import * as workbooks from 'xlsx'
import { type Somebody, seesAssets } from '../people'
import type { Sight } from '../sight'
import type { Cell } from './cells'
import { type Answer, PLAIN } from './reading'
import type { Visitor } from './visitors'
import type { World } from './world'

type Format = { name: string; method: 'GET' | 'HEAD'; headers: Record<string, string>; query: string }

const formats: readonly Format[] = [
  { name: 'page', method: 'GET', headers: { accept: 'text/html' }, query: '' },
  { name: 'data of the page', method: 'GET', headers: { rsc: '1' }, query: '_rsc' },
  { name: 'head', method: 'HEAD', headers: {}, query: '' },
]

const AT_ONCE = 4
// What is not a page is decided by the same code as the page: enough people to see that it is reached.
const CHOSEN = [
  ...['anonymous', 'ended session', 'admin@aurora.example', 'viewer@aurora.example', 'va-user@aurora.example'],
  ...['partner@cobalt.example', 'recipient@fjord.example', 'stranger@harbor.example'],
]
export const NOBODY: Sight = {
  ...{ userId: 0, email: 'nobody', isSupport: false, whole: [], member: [], administered: [], writable: [] },
  ...{ places: [], administeredPlaces: [], writablePlaces: [], orders: [], lines: [], wholeLines: [], devices: [] },
}

// What does not exist answers one person the same each time.
const missed = new Map<string, Promise<Answer>>()

/** Tries every cell as everybody in every format, and says what is otherwise than it should be. */
export async function judge(origin: string, world: World, cells: readonly Cell[], visitors: readonly Visitor[]) {
  const problems: string[] = []
  let tried = 0
  let refused = 0
  const work = cells.flatMap((cell) =>
    visitors.flatMap((visitor) => formatsFor(cell, visitor).map((format) => ({ cell, visitor, format }))),
  )
  const one = async () => {
    for (let next = work.shift(); next; next = work.shift()) {
      const { cell, visitor, format } = next
      const answer = await askAgain(origin, cell, visitor, format)
      const found = await problemsOf(origin, world, cell, visitor, format, answer)
      problems.push(...found.map((text) => `${visitor.name}, ${cell.name}, ${format.name}: ${text}`))
      tried++
      if (answer.status >= 300) refused++
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return { problems, tried, refused }
}

/**
 * In how many ways somebody tries a cell. Whoever is not in the account tries one thing of a kind there; what is one of
 * many, public or another look is asked for as a page by the chosen only; a drawer is asked for as data.
 */
function formatsFor({ headers, isPublic, isVariant, isOneOfMany, inside }: Cell, { name: who, somebody }: Visitor) {
  const isChosen = CHOSEN.includes(who)
  const isMember = somebody !== null && inside !== undefined && seesAssets(somebody, inside)
  if (isOneOfMany && inside && !isMember) return []
  return formats.filter(({ name }) => {
    if (headers) return name === 'data of the page'
    if (isPublic || isVariant) return name === 'page' && isChosen
    return name === 'data of the page' || isChosen || (name === 'page' && !inside)
  })
}

type Tried = { origin: string; cell: Cell; visitor: Visitor; format: Format; answer: Answer; sight: Sight }

async function problemsOf(origin: string, world: World, cell: Cell, visitor: Visitor, format: Format, answer: Answer) {
  const { somebody, isSignedIn } = visitor
  const { status, body } = answer
  if (cell.status) return status === cell.status ? [] : [`it answered ${status} ${answer.location}, not ${cell.status}`]
  if (status >= 500) return [`it fails with ${status}`]
  const leaks = /^\/sign-(in|out)/.test(cell.path)
    ? []
    : world.words.leaks(without(body, cell.path), somebody, cell.path)
  if (cell.isPublic) return leaks
  const sight = world.sights.get(somebody?.email ?? '') ?? NOBODY
  const tried = { origin, cell, visitor, format, answer, sight }
  return [...leaks, ...(await (somebody && isSignedIn ? answerProblems(tried, somebody) : sentAway(answer)))]
}

function sentAway({ status, location }: Answer): string[] {
  const isSent = (status === 303 || status === 307) && /^\/sign-in(\?|$)/.test(location)
  return isSent ? [] : [`it is not sent to the sign-in, but answered ${status} ${location}`]
}

async function answerProblems({ cell, format, answer, sight, ...tried }: Tried, somebody: Somebody): Promise<string[]> {
  const { status, location, body } = answer
  if (cell.leadsTo && cell.sees(somebody, sight))
    return cell.leadsTo(location, somebody) ? [] : [`it leads to ${status} ${location}`]
  if (!cell.sees(somebody, sight)) return refusalProblems({ cell, format, answer, sight, ...tried }, somebody)
  if (status !== 200) return [`it is seen, but answered ${status} ${location}`]
  return format.name === 'page' && cell.read ? cell.read(body, sight) : []
}

async function refusalProblems(
  { origin, cell, visitor, format, answer }: Tried,
  somebody: Somebody,
): Promise<string[]> {
  const { status, location, body } = answer
  if (status !== 404) return [`it is not to be seen, but answered ${status} ${location}`]
  // Whoever sees the account may know that it is there, and not what they may do in it.
  if (cell.account && seesAssets(somebody, cell.account)) return []
  const missing = await askMissing(origin, cell, visitor, format)
  const [here, there] = alike([body, missing.body], [cell.path, cell.missing ?? cell.path])
  const isAlike = missing.status === status && here === there
  return isAlike ? [] : [`it is refused otherwise than what does not exist: ${firstChange(there, here)}`]
}

/** A server that had no time for it is asked once more: what is broken fails again. */
async function askAgain(origin: string, cell: Cell, visitor: Visitor, format: Format): Promise<Answer> {
  const answer = await ask(origin, cell.path, cell, visitor, format)
  return answer.status < 500 || cell.status ? answer : ask(origin, cell.path, cell, visitor, format)
}

function askMissing(origin: string, cell: Cell, visitor: Visitor, format: Format): Promise<Answer> {
  const path = cell.missing ?? cell.path
  const key = [path, JSON.stringify(cell.headers), visitor.name, format.name].join(' ')
  const asked = missed.get(key) ?? ask(origin, path, cell, visitor, format)
  missed.set(key, asked)
  return asked
}

/** How Next names the data of a drawer, by the headers along with it: it sends to that name whoever asks by another one. */
const names = new Map<string, string>()

async function ask(
  origin: string,
  path: string,
  cell: Cell,
  { cookie }: Visitor,
  { method, headers, query }: Format,
): Promise<Answer> {
  const along = JSON.stringify(cell.headers)
  const asked = cell.headers ? (names.get(along) ?? '') : query
  const address = `${origin}${path}${asked && (path.includes('?') ? `&${asked}` : `?${asked}`)}`
  const init = {
    method,
    redirect: 'manual',
    headers: { ...PLAIN, ...headers, ...cell.headers, ...(cookie && { cookie }) },
  } as const
  const first = await fetch(address, init)
  const renamed = first.headers.get('location')
  // What the entrance answers in the place of a page is named by its own address.
  const isSame = [path.split('?')[0], '/api/gone'].some((at) => renamed?.startsWith(`${at}?`))
  const isRenamed = renamed && isSame && renamed.includes('_rsc')
  const [, name] = (isRenamed && cell.headers && /[?&](_rsc=[\w-]+)/.exec(renamed)) || []
  if (name) names.set(along, name)
  const answer = isRenamed ? await fetch(origin + renamed, init) : first
  const found = {
    status: answer.status,
    location: answer.headers.get('location') ?? '',
    body: await bodyOf(answer),
    type: answer.headers.get('content-type') ?? '',
  }
  return found.type.startsWith('text/x-component') ? told(found) : found
}

/** A workbook as the words of its sheets. */
async function bodyOf(answer: Response): Promise<string> {
  if (!answer.headers.get('content-type')?.includes('spreadsheetml')) return answer.text()
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (bytes.length === 0) return ''
  const { Sheets } = workbooks.read(bytes)
  return Object.values(Sheets)
    .map((sheet) => workbooks.utils.sheet_to_csv(sheet))
    .join('\n')
}

/** Data of a page comes as a stream that begins with 200 and says in itself that it was refused or leads elsewhere. */
function told(answer: Answer): Answer {
  const digests = [...answer.body.matchAll(/^\w+:E\{"digest":"([^"]*)"/gm)].map(([, digest]) => digest ?? '')
  for (const digest of digests) {
    const [kind, second = '', location = '', status] = digest.split(';')
    if (kind === 'NEXT_HTTP_ERROR_FALLBACK') return { ...answer, status: Number(second) }
    if (kind === 'NEXT_REDIRECT') return { ...answer, status: Number(status), location }
    return { ...answer, status: 500 }
  }
  return answer
}

/** What was sent is no news when it comes back. */
export const without = (body: string, path: string) =>
  path.split(/[/?&=]/).reduce((text, part) => (part.length > 5 ? text.replaceAll(part, '') : text), body)

/** Two bodies without what differs from one request to the next, and without the addresses that were asked for. */
export function alike(bodies: readonly [string, string], paths: readonly [string, string]): [string, string] {
  const parts = paths.flatMap((path) => path.split(/[/?&=]/)).filter((part) => /\d|\./.test(part))
  const asked = parts
    .flatMap((part) => [encodeURIComponent(part), part])
    .map((part) => new RegExp(`(?<!\\w)${part.replace(/\W/g, '\\$&')}(?!\\w)`, 'g'))
  const bare = (body: string) => {
    // Random ids first: one may begin with a number that was asked for and a dash.
    const settled = unnumbered(body)
      .replace(/nonce="[^"]*"|"nonce":"[^"]*"|\\"nonce\\":\\"[^"]*\\"/g, 'nonce')
      .replace(/(?<=")[\w-]{21}(?=[hmv]?\\?")/g, 'id')
      // The key by which a form is sent once is made anew with the form.
      .replace(/(?<="(?:formKey|key)\\?":\\?")[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?=\\?")/g, 'key')
    return asked.reduce((text, part) => text.replace(part, '*'), settled)
  }
  return [bare(bodies[0]), bare(bodies[1])]
}

/** Pieces of a stream are numbered, and come, in the order in which they were ready; a page carries its stream in scripts. */
function unnumbered(body: string): string {
  const pieces = [...body.matchAll(/self\.__next_f\.push\((\[.*?\])\)<\/script>/gs)]
  const stream = body.startsWith('<') ? pieces.map(([, piece = '[]']) => JSON.parse(piece)[1] ?? '').join('') : body
  const lines = withEnds(stream)
    .split('\n')
    .map((line) => line.replace(/^[0-9a-f]+:/, '').replace(/\$([L@hQW]?)[0-9a-f]+\b/g, '$$$1'))
  const markup = body.startsWith('<') ? body.replace(/<script[^>]*>self\.__next_f\.push\(.*?<\/script>/gs, '') : ''
  return `${markup}\n${lines.sort().join('\n')}`
}

/** A text comes with its length in bytes and no end of line: the next piece begins right behind it. */
function withEnds(stream: string): string {
  let ended = ''
  let rest = Buffer.from(stream).toString('latin1')
  for (;;) {
    const text = /^[0-9a-f]+:T([0-9a-f]+),/m.exec(rest)
    if (!text) return Buffer.from(ended + rest, 'latin1').toString()
    const end = text.index + text[0].length + Number.parseInt(text[1] ?? '0', 16)
    ended += `${rest.slice(0, end)}\n`
    rest = rest.slice(end)
  }
}

export function firstChange(wanted: string, found: string): string {
  let at = 0
  while (at < wanted.length && wanted[at] === found[at]) at++
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 100))
  return `${around(found)}, not ${around(wanted)}`
}
