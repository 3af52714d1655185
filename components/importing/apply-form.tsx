'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Problems } from './problems'

type State = { problems: string[] }

/** Carries out a preview. Sent twice it has one effect: the second answer is the first one's. */
export function ApplyForm({ action, label }: { action: () => Promise<State>; label: string }) {
  const [{ problems }, submit, pending] = useActionState(action, { problems: [] })
  return (
    <form action={submit} className="grid gap-3">
      <Problems title="This was not applied" problems={problems} />
      <p className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" icon="check" disabled={pending}>
          {pending ? 'Applying …' : label}
        </Button>
        <span className="text-ink-muted" aria-live="polite">
          {pending ? 'Many rows take a minute or two.' : 'All of it in one step, or nothing.'}
        </span>
      </p>
    </form>
  )
}
