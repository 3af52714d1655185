// Keys on the rows of a list, loaded after the first paint. A list is one tab stop: the current row's link. Arrows move
// between rows and, sideways, between a row's check mark and its link; Space marks the row; with Shift what lies between
// is marked too. Lists work without all of this, by Tab.

const ROWS = '.data-table.sticky-first > tbody > tr'

const linkOf = (row: Element | null | undefined) => row?.querySelector<HTMLElement>('th a')
const boxOf = (row: Element | null | undefined) => row?.querySelector<HTMLInputElement>('td > input[type=checkbox]')

/** The row that was marked last: Shift with Space or a click marks from there. */
let marked: Element | null = null
/** Where the arrows that are pressed with Shift began. */
let runFrom: Element | null = null

/** The row that was marked last, where it is another one of the same list. */
const markedBefore = (row: Element) => (marked !== row && marked?.parentElement === row.parentElement ? marked : null)

/** Makes the row the one that Tab leads to, in its list. */
function makeCurrent(row: Element): void {
  for (const other of row.parentElement?.children ?? []) {
    const link = linkOf(other)
    const box = boxOf(other)
    if (link) link.tabIndex = other === row ? 0 : -1
    if (box) box.tabIndex = -1
  }
}

/** Marks, or unmarks, all rows between two as the first of them is. */
function markBetween(from: Element, to: Element): void {
  const rows = [...(from.parentElement?.children ?? [])]
  const [start, end] = [rows.indexOf(from), rows.indexOf(to)].sort((a, b) => a - b)
  const on = boxOf(from)?.checked ?? true
  for (const row of rows.slice(start, (end ?? 0) + 1)) {
    const box = boxOf(row)
    if (box && box.checked !== on) box.click()
  }
}

const steps: Readonly<Record<string, (row: Element) => Element | null | undefined>> = {
  ArrowDown: (row) => row.nextElementSibling,
  ArrowUp: (row) => row.previousElementSibling,
  Home: (row) => row.parentElement?.firstElementChild,
  End: (row) => row.parentElement?.lastElementChild,
}

function moveTo(event: KeyboardEvent, from: Element, to: Element): void {
  const isBox = event.target === boxOf(from)
  if (event.shiftKey && boxOf(from)) {
    runFrom ??= from
    marked = runFrom
    if (boxOf(runFrom)?.checked === false) boxOf(runFrom)?.click()
    markBetween(runFrom, to)
  } else runFrom = null
  const target = (isBox && boxOf(to)) || linkOf(to)
  target?.focus()
  target?.scrollIntoView({ block: 'nearest' })
}

function onKey(event: KeyboardEvent): void {
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey) && localStorage.getItem('shortcuts') !== 'off'
  const row = isPlain && event.target instanceof Element ? event.target.closest(ROWS) : null
  if (row && hasMoved(event, row)) event.preventDefault()
}

/** Whether the key was one of the list's, so that the page is not to scroll by it. */
function hasMoved(event: KeyboardEvent, row: Element): boolean {
  const to = steps[event.key]?.(row)
  const box = boxOf(row)
  if (to) moveTo(event, row, to)
  else if (event.key === 'ArrowLeft') box?.focus()
  else if (event.key === 'ArrowRight') linkOf(row)?.focus()
  // On the check mark itself the browser marks it.
  else if (event.key === ' ' && box && (event.target !== box || event.shiftKey)) mark(row, event.shiftKey)
  else return false
  return true
}

function mark(row: Element, withAllBetween: boolean): void {
  const from = withAllBetween && markedBefore(row)
  if (from) markBetween(from, row)
  else boxOf(row)?.click()
  marked = row
  runFrom = null
}

/** A mark set with Shift held marks what lies between it and the one before. */
function onClick({ target, shiftKey, isTrusted }: MouseEvent): void {
  // What marks rows above clicks too, and nobody pressed there.
  const row = isTrusted && target instanceof HTMLInputElement ? target.closest(ROWS) : null
  if (!row || target !== boxOf(row)) return
  const from = shiftKey && markedBefore(row)
  marked = row
  runFrom = null
  // After the list has taken this one.
  if (from) setTimeout(() => markBetween(row, from))
}

function onFocus({ target }: FocusEvent): void {
  const row = target instanceof Element ? target.closest(ROWS) : null
  if (row && localStorage.getItem('shortcuts') !== 'off') makeCurrent(row)
}

/** Begins, once for the life of the document. */
export function startRowKeys(): void {
  document.addEventListener('keydown', onKey)
  document.addEventListener('click', onClick)
  document.addEventListener('focusin', onFocus)
}
