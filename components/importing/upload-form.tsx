'use client'

import { type ChangeEvent, useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, type Option, SelectField } from '@/components/ui/field'
import { Problems } from './problems'

type State = { problems: string[]; format?: string | undefined }

type UploadFormProps = {
  /** Leads to the preview; comes back with what is wrong. */
  action: (state: State, form: FormData) => Promise<State>
  formats: Option[]
  /** In bytes. */
  largest: number
}

export function UploadForm({ action, formats, largest }: UploadFormProps) {
  const [{ problems, format }, submit, pending] = useActionState(action, { problems: [] })
  // Said at once: a larger request would be cut off before any page could answer.
  const check = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const size = target.files?.[0]?.size ?? 0
    target.setCustomValidity(size > largest ? 'The file is larger than 30 MB. Split it into several files.' : '')
    target.reportValidity()
  }
  return (
    <form action={submit} className="grid gap-4">
      <Problems title="This file cannot be imported" problems={problems} />
      <SelectField key={format} name="format" label="What the file is" options={formats} defaultValue={format} />
      <Field
        name="file"
        label="File"
        hint="CSV (with commas, semicolons or tabs) and JSON in UTF-8, Excel workbooks (XLSX); up to 30 MB and 200,000 rows."
        required
      >
        {(wiring) => (
          <input
            type="file"
            accept=".csv,.txt,.json,.xlsx,text/csv,application/json"
            className="input"
            onChange={check}
            {...wiring}
          />
        )}
      </Field>
      <p>
        <Button type="submit" look="primary" icon="upload" disabled={pending}>
          {pending ? 'Checking the file …' : 'Check the file'}
        </Button>
      </p>
      <p className="text-ink-muted" aria-live="polite">
        {pending ? 'A large file takes up to a minute.' : 'Nothing changes yet: you see first what the file would do.'}
      </p>
    </form>
  )
}
