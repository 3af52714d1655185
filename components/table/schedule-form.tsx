import { Field } from '@/components/ui/field'

/** How a view is sent by mail now. */
export type ScheduleView = {
  frequency: string
  skipsEmpty: boolean
  /** How many people besides oneself. */
  others: number
  /** When it goes out next, or why it rests. */
  state: string
}

type Props = {
  schedule: ScheduleView | null
  frequencies: Readonly<Record<string, string>>
  /** The viewer may send it to others. */
  withPeople: boolean
  save: (form: FormData) => Promise<void>
}

/** A view by mail: how many rows it has, and the way to them, for each reader in their own scope. */
export function ScheduleForm({ schedule, frequencies, withPeople, save }: Props) {
  return (
    <form action={save} className="grid gap-3">
      <h4 className="font-semibold">By mail</h4>
      {schedule ? <p className="field-hint">{schedule.state}</p> : null}
      <Field name="frequency" label="How often" required>
        {(wiring) => (
          <select {...wiring} className="input" defaultValue={schedule?.frequency ?? ''}>
            <option value="">Not by mail</option>
            {Object.entries(frequencies).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {withPeople ? (
        <Field
          name="recipients"
          label="To others too"
          hint={`Addresses of people with a role in this account; each is told of the rows that they see.${schedule && schedule.others > 0 ? ` Now to ${schedule.others} besides you: what is written here takes their place.` : ''}`}
        >
          {(wiring) => <textarea {...wiring} className="input" rows={2} maxLength={5000} />}
        </Field>
      ) : null}
      <label className="check-row">
        <input
          type="checkbox"
          name="skipsEmpty"
          value="1"
          className="check"
          defaultChecked={schedule?.skipsEmpty ?? true}
        />
        <span>Not when there are no rows</span>
      </label>
      <button type="submit" className="button button-small justify-self-start">
        Save mail
      </button>
    </form>
  )
}
