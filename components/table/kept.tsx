import type { TableView } from '@/lib/table/view'

/** Hidden fields of a form: the table's state but what the form itself decides. */
export function Kept({ fields, but }: { fields: TableView['kept']; but: readonly string[] }) {
  return fields
    .filter(({ name }) => !but.includes(name))
    .map(({ name, value }) => <input key={`${name}=${value}`} type="hidden" name={name} value={value} />)
}
