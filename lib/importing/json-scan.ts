import { Invalid } from '@/lib/errors'
import { MOST_ROWS } from './table'

const MOST_DEPTH = 32
const MOST_RECORD = 100_000
const MOST_AROUND = 1_000_000

/** Where a record stands in the text, in which list of the file, and how many names it gives to values. */
export type Found = { start: number; end: number; list: number; names: number }
/** The records, how many lists they stand in, and the file without them: each is replaced by the number of its list. */
export type Scan = { records: Found[]; lists: number; around: string }

type Open = { isObject: boolean; key: string; isList: boolean }

/**
 * Finds the records of a JSON text: the objects in every list called `name`, or, where there is none of that name, in the
 * list that is the whole file. It only counts brackets and steps over strings, so that depth, size and number of records
 * are known before anything is parsed: nothing that a file holds can take more memory than its own text and one record.
 * Throws Invalid.
 */
export function scanJson(text: string, name: string): Scan {
  const found = new Scanner(text, (path) => path.at(-1)?.key === name.toLowerCase()).scan()
  return found.lists > 0 ? found : new Scanner(text, (path) => path.length === 1).scan()
}

const SPACE = /\s/
const [QUOTE, COMMA, COLON, BACKSLASH] = [34, 44, 58, 92]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125]

class Scanner {
  readonly #records: Found[] = []
  readonly #around: string[] = []
  readonly #path: Open[] = []
  #size = 0
  #copied = 0
  #lists = 0
  #key = ''
  #record: { start: number; depth: number; names: number } | null = null

  constructor(
    private readonly text: string,
    private readonly isWanted: (path: readonly Open[]) => boolean,
  ) {}

  scan(): Scan {
    const { text } = this
    for (let at = 0; at < text.length; at++) at = this.#step(at, text.charCodeAt(at))
    if (this.#path.length > 0) throw new Invalid(['The file ends in the middle: a part of it is missing.'])
    this.#copy(text.length)
    return { records: this.#records, around: this.#around.join(''), lists: this.#lists }
  }

  #step(at: number, code: number): number {
    if (!this.#record && this.#path.at(-1)?.isList) this.#between(at, code)
    if (code === QUOTE) return this.#string(at)
    if (code === OPEN_OBJECT || code === OPEN_LIST) this.#open(at, code === OPEN_OBJECT)
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) this.#close(at, code === CLOSE_OBJECT)
    else if (code === COLON && this.#record) this.#record.names++
    return at
  }

  /** In a list there is nothing but records. */
  #between(at: number, code: number): void {
    const isOrdinary = code <= 32 || code === COMMA || code === OPEN_OBJECT || code === CLOSE_LIST
    if (isOrdinary) return
    throw new Invalid([`Line ${lineAt(this.text, at)} has something else where a record should be.`])
  }

  /** Steps over a string; one outside of records may be the name of a list. */
  #string(start: number): number {
    let end = this.text.indexOf('"', start + 1)
    while (end >= 0 && this.#isEscaped(end, start)) end = this.text.indexOf('"', end + 1)
    if (end < 0) throw new Invalid(['The file ends in the middle: a part of it is missing.'])
    if (!this.#record && end - start < 100) this.#key = this.text.slice(start + 1, end).toLowerCase()
    return end
  }

  #isEscaped(quote: number, start: number): boolean {
    let before = quote - 1
    while (before > start && this.text.charCodeAt(before) === BACKSLASH) before--
    return (quote - 1 - before) % 2 === 1
  }

  #open(at: number, isObject: boolean): void {
    const inside = this.#path.at(-1)
    const key = inside && !inside.isObject ? '' : this.#key
    const open = { isObject, key, isList: false }
    this.#path.push(open)
    if (this.#path.length > MOST_DEPTH)
      throw new Invalid([`Line ${lineAt(this.text, at)} is nested deeper than ${MOST_DEPTH} levels.`])
    if (this.#record) return
    if (!isObject && this.isWanted(this.#path)) {
      open.isList = true
      this.#lists++
    } else if (inside?.isList) {
      this.#copy(at)
      this.#record = { start: at, depth: this.#path.length, names: 0 }
    }
  }

  #close(at: number, isObject: boolean): void {
    const open = this.#path.pop()
    if (open?.isObject !== isObject)
      throw new Invalid([`Line ${lineAt(this.text, at)} closes a bracket that was not opened.`])
    const record = this.#record
    if (!record || this.#path.length >= record.depth) return
    this.#record = null
    if (at - record.start > MOST_RECORD)
      throw new Invalid([`The record in line ${lineAt(this.text, record.start)} is too long to be one.`])
    this.#records.push({ start: record.start, end: at + 1, list: this.#lists, names: record.names })
    if (this.#records.length > MOST_ROWS)
      throw new Invalid([
        `The file has more than ${MOST_ROWS.toLocaleString('en-US')} records. Split it into several files.`,
      ])
    // The space keeps two records without a comma between them from becoming one number.
    this.#around.push(` ${this.#lists}`)
    this.#copied = at + 1
  }

  /** Keeps what stands between records; of the spaces between them nothing. */
  #copy(end: number): void {
    const { text } = this
    let [from, to] = [this.#copied, end]
    while (from < to && SPACE.test(text[from] ?? '')) from++
    while (to > from && SPACE.test(text[to - 1] ?? '')) to--
    this.#size += to - from
    if (this.#size > MOST_AROUND) throw new Invalid(['The file holds too much besides its records.'])
    this.#around.push(text.slice(from, to))
  }
}

/** The line, from 1, in which a place of a text stands. */
export function lineAt(text: string, end: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) line++
  return line
}
