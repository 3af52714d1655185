'use client'

import { useActionState } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'

export type ListState = { problems: string[]; text: string }

/** Identifier, target and quantity, as a file or pasted. Works without JavaScript. */
export function ListForm({ action }: { action: (state: ListState, form: FormData) => Promise<ListState> }) {
  const [{ problems, text }, submit, pending] = useActionState(action, { problems: [], text: '' })
  return (
    <form action={submit} className="grid gap-4">
      <Problems title="Nothing was planned" problems={problems} />
      <Field
        name="file"
        label="CSV file"
        hint="Identifier, target Virtual Account and, for licenses, quantity and the Virtual Account they are in; up to 10,000 rows."
      >
        {(wiring) => <input type="file" accept=".csv,.txt,text/csv" className="input" {...wiring} />}
      </Field>
      <Field
        name="text"
        label="Or paste the rows"
        hint="One a line: FOC12345678, EMEA. For a license: its SKU, target, quantity, Virtual Account it is in."
      >
        {(wiring) => (
          <textarea
            key={text}
            className="input paste-text identifier"
            rows={8}
            defaultValue={text}
            spellCheck={false}
            autoComplete="off"
            {...wiring}
          />
        )}
      </Field>
      <p>
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? 'Planning …' : 'Review'}
        </Button>
      </p>
    </form>
  )
}
