import { Field, type Option, SelectField, TextField } from '@/components/ui/field'
import type { RoleFields as Given } from '@/lib/administration/state'

type RoleFieldsProps = { given: Given; roles: Option[]; places: Option[]; today: string; withPeople: boolean }

/** What makes up a role; with people, also whom it is for. */
export function RoleFields({ given, roles, places, today, withPeople }: RoleFieldsProps) {
  return (
    <div className="grid gap-4">
      {withPeople ? (
        <>
          <Field
            name="people"
            label="People"
            hint="E-mail addresses, or IDs of people of the organization (what stands before the @), with commas between them, one a line, or CSV with an e-mail column; up to 100."
          >
            {(wiring) => (
              <textarea
                className="input"
                rows={4}
                defaultValue={given.people}
                spellCheck={false}
                autoComplete="off"
                {...wiring}
              />
            )}
          </Field>
          <Field name="file" label="CSV file" hint="With an e-mail or ID column, or one address a line.">
            {(wiring) => <input type="file" accept=".csv,.txt,text/csv,text/plain" className="input" {...wiring} />}
          </Field>
        </>
      ) : null}
      <SelectField name="role" label="Role" options={roles} defaultValue={given.role} />
      <SelectField name="place" label="Where" options={places} defaultValue={given.place} />
      <SelectField
        name="nested"
        label="Nested Virtual Accounts"
        hint="For a role in a Virtual Account."
        options={[
          { value: 'yes', label: 'This one and what is nested in it' },
          { value: '', label: 'This one only' },
        ]}
        defaultValue={given.nested}
        required={false}
      />
      <TextField
        name="lastDay"
        label="Last day"
        hint="In UTC. Left empty, the role has no end."
        type="date"
        min={today}
        defaultValue={given.lastDay}
        required={false}
      />
      <TextField
        name="purpose"
        label="Purpose"
        hint="Shown to those who manage users."
        maxLength={200}
        defaultValue={given.purpose}
        required={false}
      />
    </div>
  )
}
