'use client'

import { useActionState, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { ActionChoice } from '@/lib/table/row-actions'
import { COPY_AT_MOST } from '@/lib/table/selection'

type Props = {
  count: number
  total: number
  /** More rows match than are chosen, and their number is known. */
  canSelectAll: boolean
  noun: { one: string; many: string }
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

/** What can be done with the chosen rows. Comes with the first check mark. */
export function SelectionBar({ count, total, canSelectAll, noun, copy, choices, take, onSelectAll, onClear }: Props) {
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
