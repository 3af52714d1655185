'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/feedback'

type State = { problems: string[] }
type Props = {
  /** What is exported, as pairs of words. */
  facts: readonly (readonly [string, string])[]
  start: (state: State) => Promise<State>
}

/** What an export will be, and the button that starts it. */
export function StartCard({ facts, start }: Props) {
  const [{ problems }, submit, pending] = useActionState(start, { problems: [] })
  return (
    <form action={submit} className="grid gap-4">
      {problems.length > 0 ? (
        <Notice tone="bad" title="This was not started" live>
          {problems.join(' ')}
        </Notice>
      ) : null}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" icon="download" disabled={pending}>
          {pending ? 'Starting …' : 'Start the export'}
        </Button>
        <span className="text-ink-muted">It is made while you go on working, and kept here for 24 hours.</span>
      </p>
    </form>
  )
}
