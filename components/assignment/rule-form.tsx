'use client'

import { useActionState } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'
import { type Option, SelectField, TextField } from '@/components/ui/field'

type Given = { field: string; value: string; target: string }
export type RuleState = { problems: string[]; given?: Given }

type Props = {
  action: (state: RuleState, form: FormData) => Promise<RuleState>
  /** Of this form alone: sent twice it has one effect. */
  formKey: string
  fields: Option[]
  targets: Option[]
}

const NOTHING: Given = { field: '', value: '', target: '' }

/** A new rule: what has this value belongs there. */
export function RuleForm({ action, formKey, fields, targets }: Props) {
  const [{ problems, given = NOTHING }, submit, pending] = useActionState(action, { problems: [] })
  return (
    <form action={submit} className="grid gap-4">
      <Problems title="No rule was added" problems={problems} />
      <input type="hidden" name="key" value={formKey} />
      <div key={JSON.stringify(given)} className="grid gap-4 sm:grid-cols-3">
        <SelectField name="field" label="Devices by" options={fields} defaultValue={given.field} />
        <TextField name="value" label="Exact value" maxLength={200} autoComplete="off" defaultValue={given.value} />
        <SelectField
          name="target"
          label="Belong in"
          placeholder="Choose …"
          options={targets}
          defaultValue={given.target}
        />
      </div>
      <p>
        <Button type="submit" disabled={pending}>
          Add the rule
        </Button>
      </p>
    </form>
  )
}
