'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Problems } from './problems'

type State = { problems: string[] }
type DecideFormProps = {
  action: (state: State, form: FormData) => Promise<State>
  /** What is decided on, for whoever hears the buttons without seeing where they stand. */
  what: string
}

/** Three ways to settle a difference; each says what it does to the data. */
export function DecideForm({ action, what }: DecideFormProps) {
  const [{ problems }, submit, pending] = useActionState(action, { problems: [] })
  const choice = (value: string, label: string, look: 'primary' | 'plain') => (
    <Button type="submit" name="choice" value={value} look={look} disabled={pending} aria-label={`${label}: ${what}`}>
      {label}
    </Button>
  )
  return (
    <form action={submit} className="grid gap-3">
      <Problems title="This was not decided" problems={problems} />
      <p className="flex flex-wrap items-center gap-2">
        {choice('take', 'Take what the file says', 'primary')}
        {choice('keep', 'Keep what is here', 'plain')}
        {choice('ignore', 'Ignore', 'plain')}
      </p>
    </form>
  )
}
