'use client'

import { useActionState } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'
import type { FieldSpec, FormState, Given } from '@/lib/administration/state'
import { FieldList } from './field-list'

type PlainFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  fields: readonly FieldSpec[]
  /** Of this form alone: sent twice it has one effect. */
  formKey: string
  initial: Given
  label: string
}

/** Fields and one button that does at once what it says. Works without JavaScript. */
export function PlainForm({ action, fields, formKey, initial, label }: PlainFormProps) {
  const [{ problems, given }, submit, pending] = useActionState(action, { problems: [], given: initial })
  return (
    <form action={submit} className="grid gap-4">
      <Problems title="Nothing was changed" problems={problems} />
      <input type="hidden" name="key" value={formKey} />
      <FieldList key={JSON.stringify(given)} fields={fields} given={given} />
      <p>
        <Button type="submit" look="primary" disabled={pending}>
          {label}
        </Button>
      </p>
    </form>
  )
}
