import { startNarrowing } from '@/components/table/narrow-options'
import { startRowKeys } from '@/components/table/row-keys'
import { remember } from './recent'

/** The thing that is open, over a list or on its page, as it calls itself. */
function rememberThis(): void {
  const heading = document.querySelector('dialog.drawer[open] h2') ?? document.querySelector('main h1')
  remember(location.pathname, heading?.textContent ?? '')
}

let isStarted = false

/**
 * What no page waits for: keys on rows, the search in a list of choices, and remembering what was open. Loaded once, after
 * the first paint.
 */
export function startAfterPaint(): void {
  if (isStarted) return
  isStarted = true
  startRowKeys()
  startNarrowing()
  // Whatever leads away begins with one of these.
  for (const event of ['click', 'keydown', 'pagehide']) addEventListener(event, rememberThis, { capture: true })
}
