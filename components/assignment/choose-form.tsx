'use client'

import { useActionState } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'
import { CheckList } from '@/components/ui/check-list'
import { SelectField, TextField } from '@/components/ui/field'
import type { MovableLicense } from '@/lib/assignment/chosen-licenses'
import type { Target } from '@/lib/assignment/targets'

export type ChooseState = { problems: string[]; target?: string; name?: string }

type Props = {
  /** Leads to the review; comes back with what is wrong. */
  action: (state: ChooseState, form: FormData) => Promise<ChooseState>
  targets: Target[]
  licenses: (MovableLicense & { where: string })[]
  /** Contract lines can go along. */
  withLines: boolean
}

/** Where to, and how many of each license. Nothing moves before the review. */
export function ChooseForm({ action, targets, licenses, withLines }: Props) {
  const [{ problems, target = '', name = '' }, submit, pending] = useActionState(action, { problems: [] })
  return (
    <form action={submit} className="grid gap-4">
      <Problems title="Nothing was planned" problems={problems} />
      <div key={`${target} ${name}`} className="grid gap-4">
        <SelectField
          name="target"
          label="Target Virtual Account"
          placeholder="Choose …"
          options={targets}
          defaultValue={target}
          required={false}
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
      </div>
      {licenses.length > 0 ? <Quantities licenses={licenses} /> : null}
      {withLines ? (
        <CheckList
          name="lines"
          legend="What covers them"
          options={[
            { value: 'yes', label: 'Move the products in contracts that cover these devices too', checked: true },
          ]}
        />
      ) : null}
      <p>
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? 'Planning …' : 'Review'}
        </Button>
      </p>
    </form>
  )
}

function Quantities({ licenses }: { licenses: Props['licenses'] }) {
  return (
    <div className="table-box table-box-natural">
      <table className="data-table num-3 num-4 num-5">
        <caption className="sr-only">How many of each license move</caption>
        <thead>
          <tr>
            <th scope="col">License</th>
            <th scope="col">In</th>
            <th scope="col">Owned</th>
            <th scope="col">In use</th>
            <th scope="col">Quantity to reassign</th>
          </tr>
        </thead>
        <tbody>
          {licenses.map(({ id, name, where, owned, inUse, most }) => (
            <tr key={id}>
              <th scope="row" id={`license-${id}`}>
                {name}
              </th>
              <td>{where}</td>
              <td>{owned.toLocaleString('en-US')}</td>
              <td>{inUse.toLocaleString('en-US')}</td>
              <td>
                <input
                  className="input"
                  type="number"
                  name={`quantity.${id}`}
                  aria-labelledby={`license-${id}`}
                  min={0}
                  max={most}
                  defaultValue={most}
                  inputMode="numeric"
                  disabled={most === 0}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
