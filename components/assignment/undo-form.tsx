'use client'

import { useActionState } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/feedback'
import type { Undone } from '@/lib/assignment/undo'

export type UndoState = { problems: string[]; done?: Undone }
export type UndoAction = (state: UndoState, form: FormData) => Promise<UndoState>

/** Takes an assignment back, and says what was left alone; with `isUndone` only that. */
export function UndoForm({ action, isUndone }: { action: UndoAction; isUndone: boolean }) {
  const [{ problems, done }, submit, pending] = useActionState(action, { problems: [] })
  if (done) return <Told done={done} />
  if (isUndone) return null
  return (
    <form action={submit} className="grid gap-3">
      <Problems title="Nothing was taken back" problems={problems} />
      <p>
        <Button type="submit" icon="refresh" disabled={pending}>
          {pending ? 'Taking it back …' : 'Undo'}
        </Button>
      </p>
    </form>
  )
}

function Told({ done: { undone, left, names } }: { done: Undone }) {
  return (
    <Notice
      tone={left > 0 ? 'warn' : 'good'}
      title={`${undone.toLocaleString('en-US')} ${undone === 1 ? 'thing is' : 'things are'} where ${undone === 1 ? 'it was' : 'they were'}`}
      live
    >
      {left > 0 ? (
        <>
          <p>{left.toLocaleString('en-US')} changed since and were left alone:</p>
          <ul>
            {names.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      ) : null}
    </Notice>
  )
}
