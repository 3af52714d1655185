'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { COPY_AT_MOST } from '@/lib/table/selection'

type Props = {
  count: number
  total: number
  /** More rows match than are chosen, and their number is known. */
  canSelectAll: boolean
  noun: { one: string; many: string }
  copyLabel: string
  read: () => Promise<string[]>
  onSelectAll: () => void
  onClear: () => void
}

const number = new Intl.NumberFormat('en-US')

/** How much of what was chosen is now on the clipboard, and why not all. */
function copiedText(copied: number, chosen: number): string {
  const what = `${number.format(copied)} copied`
  if (copied === chosen) return what
  return chosen > COPY_AT_MOST
    ? `${what}, of the first ${number.format(COPY_AT_MOST)} rows`
    : `${what}; the others have none`
}

/** What can be done with the chosen rows. Comes with the first check mark. */
export function SelectionBar({ count, total, canSelectAll, noun, copyLabel, read, onSelectAll, onClear }: Props) {
  const [copied, setCopied] = useState<{ for: number; text: string }>()
  const [isBusy, setBusy] = useState(false)
  async function copy() {
    setBusy(true)
    try {
      const lines = await read()
      await navigator.clipboard.writeText(lines.join('\n'))
      setCopied({ for: count, text: copiedText(lines.length, count) })
    } catch {
      setCopied({ for: count, text: 'Nothing was copied. Try again.' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="selection-bar no-print" aria-label="Selected rows">
      <p role="status">
        <strong>{number.format(count)}</strong> {count === 1 ? noun.one : noun.many} selected
        {copied?.for === count ? <span className="text-ink-muted"> · {copied.text}</span> : null}
      </p>
      {canSelectAll ? (
        <Button size="small" look="quiet" onClick={onSelectAll}>
          Select all {number.format(total)} that match
        </Button>
      ) : null}
      <span className="toolbar-end" />
      <Button size="small" icon="copy" onClick={copy} disabled={isBusy}>
        {copyLabel}
      </Button>
      <Button size="small" look="quiet" icon="close" onClick={onClear}>
        Clear selection
      </Button>
    </section>
  )
}
