'use client'

import { useActionState, useEffect, useEffectEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { ActionChoice } from '@/lib/table/row-actions'
import { COPY_AT_MOST } from '@/lib/table/selection'
import { tabSeparated } from '@/lib/table/tab-separated'

type Props = {
  count: number
  total: number
  /** More rows match than are chosen, and their number is known. */
  canSelectAll: boolean
  noun: { one: string; many: string }
  /** The names of the columns, and the chosen rows of this page as they are shown. */
  cells: () => string[][]
  copy: { label: string; read: () => Promise<string[]> } | undefined
  choices: readonly ActionChoice[]
  /** Leads to the page of a choice. */
  take: (action: string) => Promise<void>
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

/** Whether there is text to copy that a person has marked, or is writing in. */
function isOfText({ target }: ClipboardEvent): boolean {
  const isWriting =
    target instanceof Element && target.closest('input:not([type=checkbox]), textarea, [contenteditable]') !== null
  return isWriting || document.getSelection()?.isCollapsed === false
}

/** What can be done with the chosen rows. Comes with the first check mark. */
export function SelectionBar({
  count,
  total,
  canSelectAll,
  noun,
  cells,
  copy,
  choices,
  take,
  onSelectAll,
  onClear,
}: Props) {
  const [said, setSaid] = useState<{ for: number; text: string }>()
  const [isBusy, setBusy] = useState(false)
  async function run(work: () => Promise<string | undefined>, failed: string) {
    setBusy(true)
    try {
      const text = await work()
      if (text) setSaid({ for: count, text })
    } catch {
      setSaid({ for: count, text: failed })
    } finally {
      setBusy(false)
    }
  }
  const copyRows = async () => {
    const lines = (await copy?.read()) ?? []
    await navigator.clipboard.writeText(lines.join('\n'))
    return copiedText(lines.length, count)
  }
  const sayCells = (rows: number) => {
    const what = `${number.format(rows)} ${rows === 1 ? 'row' : 'rows'} copied as shown`
    setSaid({ for: count, text: rows === count ? what : `${what}; the others are on other pages` })
  }
  const copyCells = async () => {
    const lines = cells()
    await navigator.clipboard.writeText(tabSeparated(lines))
    sayCells(lines.length - 1)
    return undefined
  }
  const onCopy = useEffectEvent((event: ClipboardEvent) => {
    if (isOfText(event)) return
    const lines = cells()
    event.clipboardData?.setData('text/plain', tabSeparated(lines))
    event.preventDefault()
    sayCells(lines.length - 1)
  })
  useEffect(() => {
    const listen = (event: ClipboardEvent) => onCopy(event)
    document.addEventListener('copy', listen)
    return () => document.removeEventListener('copy', listen)
  }, [])
  return (
    <section className="selection-bar no-print" aria-label="Selected rows">
      <p role="status">
        <strong>{number.format(count)}</strong> {count === 1 ? noun.one : noun.many} selected
        {said?.for === count ? <span className="text-ink-muted"> · {said.text}</span> : null}
      </p>
      {canSelectAll ? (
        <Button size="small" look="quiet" onClick={onSelectAll}>
          Select all {number.format(total)} that match
        </Button>
      ) : null}
      <span className="toolbar-end" />
      {choices.map(({ name, label }) => (
        <Taking key={name} label={label} isBusy={isBusy} take={() => take(name)} />
      ))}
      <Button
        size="small"
        icon="copy"
        onClick={() => run(copyCells, 'Nothing was copied. Try again.')}
        disabled={isBusy}
      >
        Copy cells
      </Button>
      {copy ? (
        <Button
          size="small"
          icon="copy"
          onClick={() => run(copyRows, 'Nothing was copied. Try again.')}
          disabled={isBusy}
        >
          {copy.label}
        </Button>
      ) : null}
      <Button size="small" look="quiet" icon="close" onClick={onClear}>
        Clear selection
      </Button>
    </section>
  )
}

/** Leads on to the page of an action; that one has failed is told by the page's own error. */
function Taking({ label, isBusy, take }: { label: string; isBusy: boolean; take: () => Promise<void> }) {
  const [, submit, isPending] = useActionState(take, undefined)
  return (
    <form action={submit}>
      <Button type="submit" size="small" disabled={isBusy || isPending}>
        {label}
      </Button>
    </form>
  )
}
