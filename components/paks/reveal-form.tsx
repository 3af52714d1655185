'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import type { Reveal } from '@/lib/paks/schema'

export type RevealAction = (before: Reveal, form: FormData) => Promise<Reveal>

/** Asks why, then shows the PAK; it stands nowhere but here. Works without JavaScript. */
export function RevealForm({ action }: { action: RevealAction }) {
  const [{ reason, pak, problem }, submit, isPending] = useActionState(action, { reason: '' })
  if (pak)
    return (
      <p role="status">
        <span className="identifier">{pak}</span>
      </p>
    )
  return (
    <form action={submit} className="note-form">
      <Field
        name="reason"
        label="What you need it for"
        hint="It is written in the Event Log with your name."
        error={problem}
        required
      >
        {(wiring) => <input key={reason} className="input" maxLength={300} defaultValue={reason} {...wiring} />}
      </Field>
      <p>
        <Button type="submit" size="small" icon="eye" disabled={isPending}>
          {isPending ? 'Revealing …' : 'Reveal the PAK'}
        </Button>
      </p>
    </form>
  )
}
