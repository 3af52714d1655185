import { Button } from '@/components/ui/button'
import { type Option, SelectField, TextField } from '@/components/ui/field'

type Props = {
  /** What names the chosen rows, as in the address. */
  fields: (readonly [string, string])[]
  places: Option[]
  choice: string
  name: string
  problem: string | null
}

/** Which customer, by the address: nothing moves before the review. */
export function CustomerForm({ fields, places, choice, name, problem }: Props) {
  return (
    // Fields keep what was chosen in the browser: another address is another form.
    <form key={`${choice} ${name}`} method="get" className="grid gap-4">
      {fields.map(([field, value]) => (
        <input key={`${field} ${value}`} type="hidden" name={field} value={value} />
      ))}
      <SelectField
        name="to"
        label="Virtual Account of a customer"
        hint="Those in which you may assign."
        placeholder="Choose …"
        options={places}
        defaultValue={choice}
        required={false}
        error={problem}
      />
      <TextField
        name="name"
        label="Or the exact name of a restricted one"
        hint="Restricted Virtual Accounts are in no list. This wins over the choice above."
        maxLength={100}
        autoComplete="off"
        defaultValue={name}
        required={false}
      />
      <p>
        <Button type="submit" look="primary">
          Review
        </Button>
      </p>
    </form>
  )
}
