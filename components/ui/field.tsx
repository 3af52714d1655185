import { type ComponentPropsWithoutRef, type ReactNode, useId } from 'react'
import { Icon } from './icon'

/** What a control takes so that label, hint and error belong to it. */
export type Wiring = {
  id: string
  name: string
  required: boolean
  'aria-describedby'?: string
  'aria-invalid'?: true
}

type FieldProps = {
  name: string
  label: ReactNode
  hint?: ReactNode
  /** Plain words: what is wrong and what would be right. */
  error?: ReactNode
  required?: boolean
}

/** Label, control, hint and error of one value. `children` draws the control with the wiring it is given. */
export function Field(props: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const { name, label, hint, error, required = false, children } = props
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required ? null : <span className="font-normal text-ink-muted"> (optional)</span>}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      ) : null}
      {children({
        id,
        name,
        required,
        ...(described && { 'aria-describedby': described }),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {error ? (
        <p id={`${id}-error`} className="field-error">
          <Icon name="error" />
          {error}
        </p>
      ) : null}
    </div>
  )
}

type TextFieldProps = FieldProps & Omit<ComponentPropsWithoutRef<'input'>, keyof Wiring>

export function TextField({ name, label, hint, error, required = true, className = '', ...rest }: TextFieldProps) {
  return (
    <Field name={name} label={label} hint={hint} error={error} required={required}>
      {(wiring) => <input type="text" {...rest} {...wiring} className={`input ${className}`} />}
    </Field>
  )
}

export type Option = { value: string; label: string; disabled?: boolean }

type SelectProps = ComponentPropsWithoutRef<'select'> & { options: Option[] }

/** The browser's own list with our face; give it an `aria-label` where it stands without a SelectField. */
export function Select({ options, className = '', ...rest }: SelectProps) {
  return (
    <span className={`select-box ${className}`}>
      <select {...rest} className="select">
        {options.map(({ value, label, disabled = false }) => (
          <option key={value} value={value} disabled={disabled}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </span>
  )
}

type SelectFieldProps = FieldProps &
  Omit<SelectProps, keyof Wiring> & {
    /** Says that nothing has been chosen yet. Without it one of the options always is, and each of them is an answer. */
    placeholder?: string
  }

export function SelectField(props: SelectFieldProps) {
  const { name, label, hint, error, required = true, placeholder, options, ...rest } = props
  const all = placeholder === undefined ? options : [{ value: '', label: placeholder }, ...options]
  return (
    <Field name={name} label={label} hint={hint} error={error} required={required}>
      {(wiring) => (
        // To a browser a first option without a value is none at all.
        <Select {...rest} {...wiring} options={all} required={required && placeholder !== undefined} />
      )}
    </Field>
  )
}
