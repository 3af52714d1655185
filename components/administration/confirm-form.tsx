'use client'

import { type ReactNode, useActionState } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'

type State = { problems: string[] }
type ConfirmFormProps = {
  action: (state: State, form: FormData) => Promise<State>
  /** Of this form alone: sent twice it has one effect. */
  formKey: string
  label: string
  pendingLabel: string
  look?: 'danger' | 'plain' | 'primary'
  /** What else it needs to know. */
  children?: ReactNode
}

/** One button that does one thing, and says there what is in the way. */
export function ConfirmForm({ action, formKey, label, pendingLabel, look = 'plain', children }: ConfirmFormProps) {
  const [{ problems }, submit, pending] = useActionState(action, { problems: [] })
  return (
    <form action={submit} className="grid gap-3">
      <Problems title="Nothing was changed" problems={problems} />
      <input type="hidden" name="key" value={formKey} />
      {children}
      <p>
        <Button type="submit" look={look} disabled={pending} className="py-1 whitespace-normal">
          {pending ? pendingLabel : label}
        </Button>
      </p>
    </form>
  )
}
