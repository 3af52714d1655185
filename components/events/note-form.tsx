'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { NOTE_AT_MOST, type Noting } from '@/lib/changes/note-text'

export type NoteAction = (before: Noting, form: FormData) => Promise<Noting>

/** A note to be added to an event. Works without JavaScript; sent twice, it is added once. */
export function NoteForm({ action }: { action: NoteAction }) {
  const [{ text, problem, isAdded }, submit, pending] = useActionState(action, { text: '' })
  return (
    <form action={submit} className="note-form">
      <Field
        name="note"
        label="Add a note"
        hint="Everybody who sees this event sees it. It cannot be changed or taken away later."
        error={problem}
        required
      >
        {(wiring) => (
          <textarea key={text} className="input" rows={3} maxLength={NOTE_AT_MOST} defaultValue={text} {...wiring} />
        )}
      </Field>
      <p className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={pending}>
          {pending ? 'Adding …' : 'Add note'}
        </Button>
        <span role="status" className="text-ink-muted">
          {isAdded && !pending ? 'The note was added.' : ''}
        </span>
      </p>
    </form>
  )
}
