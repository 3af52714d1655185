import { CheckList } from '@/components/ui/check-list'
import { Field, SelectField, TextField } from '@/components/ui/field'
import type { FieldSpec, Given } from '@/lib/administration/state'

/** The fields of a form as they are described, with what was given last. */
export function FieldList({ fields, given }: { fields: readonly FieldSpec[]; given: Given }) {
  return (
    <div className="grid gap-4">
      {fields.map((spec) => (
        <OneField key={spec.name} spec={spec} values={given[spec.name] ?? []} />
      ))}
    </div>
  )
}

function OneField({ spec, values }: { spec: FieldSpec; values: readonly string[] }) {
  const { name, label, hint, required = true } = spec
  const common = { name, label, hint, required }
  const [value = ''] = values
  switch (spec.kind) {
    case 'lines':
      return (
        <Field {...common}>
          {(wiring) => (
            <textarea
              className="input"
              rows={spec.rows ?? 4}
              maxLength={spec.maxLength}
              defaultValue={value}
              spellCheck={false}
              autoComplete="off"
              {...wiring}
            />
          )}
        </Field>
      )
    case 'select':
      return <SelectField {...common} options={spec.options} defaultValue={value} />
    case 'checks':
      return (
        <CheckList
          name={name}
          legend={label}
          options={spec.options.map((option) => ({ ...option, checked: values.includes(option.value) }))}
        />
      )
    case 'date':
      return <TextField {...common} type="date" min={spec.min} max={spec.max} defaultValue={value} />
    case 'text':
    case 'email':
      return <TextField {...common} type={spec.kind} maxLength={spec.maxLength} defaultValue={value} />
  }
}
