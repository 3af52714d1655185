'use client'

import { useActionState } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'
import { Field, type Option, SelectField, TextField } from '@/components/ui/field'
import type { PlaceFields, PlaceState } from '@/lib/administration/state'

type PlaceFormProps = {
  action: (state: PlaceState, form: FormData) => Promise<PlaceState>
  formKey: string
  initial: PlaceFields
  parents: Option[]
  label: string
}

/** A new Virtual Account by its name and place; one that is there also by what was decided about it. */
export function PlaceForm({ action, formKey, initial, parents, label }: PlaceFormProps) {
  const [{ problems, given }, submit, pending] = useActionState(action, { problems: [], given: initial })
  return (
    <form action={submit} className="grid gap-4">
      <Problems title="Nothing was changed" problems={problems} />
      <input type="hidden" name="key" value={formKey} />
      <div key={JSON.stringify(given)} className="grid gap-4">
        <TextField name="name" label="Name" maxLength={100} defaultValue={given.name} />
        <TextField
          name="description"
          label="Description"
          maxLength={500}
          defaultValue={given.description}
          required={false}
        />
        <SelectField
          name="parentId"
          label="Nested in"
          options={parents}
          defaultValue={given.parentId}
          required={false}
        />
        {given.more ? <More more={given.more} /> : null}
      </div>
      <p>
        <Button type="submit" look="primary" disabled={pending}>
          {label}
        </Button>
      </p>
    </form>
  )
}

function More({ more }: { more: NonNullable<PlaceFields['more']> }) {
  return (
    <>
      <SelectField
        name="access"
        label="Access"
        hint="Restricted: meant for those with a role in it. The default Virtual Account is always open."
        options={[
          { value: 'unrestricted', label: 'Open' },
          { value: 'restricted', label: 'Restricted' },
        ]}
        defaultValue={more.access}
      />
      <TextField
        name="preferredEndDate"
        label="Preferred end date"
        hint="New terms in it are asked to end on this day."
        type="date"
        defaultValue={more.preferredEndDate}
        required={false}
      />
      <Field name="tags" label="Tags" hint="name=value, one a line.">
        {(wiring) => <textarea className="input" rows={3} defaultValue={more.tags} {...wiring} />}
      </Field>
    </>
  )
}
