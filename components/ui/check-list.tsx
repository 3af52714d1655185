import type { ReactNode } from 'react'

export type CheckOption = {
  value: string
  label: ReactNode
  /** Rows that this choice would leave, already formatted. */
  count?: string
  checked?: boolean
  disabled?: boolean
}

type CheckListProps = { name: string; legend: ReactNode; options: CheckOption[]; kind?: 'checkbox' | 'radio' }

/** Any of several values (or, as radio, one of them) in a form. */
export function CheckList({ name, legend, options, kind = 'checkbox' }: CheckListProps) {
  return (
    <fieldset className="check-list">
      <legend className="field-label px-1.5 pb-1">{legend}</legend>
      {options.map(({ value, label, count, checked = false, disabled = false }) => (
        <label key={value} className="check-row">
          <input type={kind} name={name} value={value} defaultChecked={checked} disabled={disabled} />
          <span>{label}</span>
          {count === undefined ? null : <span className="check-count">{count}</span>}
        </label>
      ))}
    </fieldset>
  )
}
