import { type Html, html } from '@/lib/html'
import { rowHref } from '@/lib/table/href'
import type { ColumnView, TableView } from '@/lib/table/view'

type Rows = Pick<TableView, 'columns' | 'ids' | 'addresses' | 'cells' | 'path' | 'search'> & {
  /** Check marks in front of the rows. */
  hasMarks: boolean
}

/** The rows of a list, as what stands in its `tbody`. */
export function rowsHtml({ columns, ids, addresses, cells, path, search, hasMarks }: Rows): Html {
  return html`${cells.map((row, at) => {
    const id = ids[at] ?? 0
    const href = rowHref(path, addresses[at] ?? String(id), search)
    const mark = hasMarks ? html`<td><input type="checkbox" aria-labelledby="name-${id}"></td>` : ''
    const name = html`<th scope="row"><a id="name-${id}" href="${href}">${nameHtml(row, columns[0])}</a></th>`
    const others = row.slice(1).map((cell, index) => cellHtml(cell, columns[index + 1]))
    return html`<tr id="row-${id}">${mark}${name}${others}</tr>`
  })}`
}

function nameHtml(row: readonly string[], column: ColumnView | undefined): Html {
  const [name = ''] = row
  const look = lookOf(name, column)
  if (look) return html`<span class="${look}">${name}</span>`
  if (name) return html`${name}`
  // What tells it from other rows without a name.
  return html`No ${column?.label.toLowerCase() ?? 'name'}<span class="sr-only">, ${row.find(Boolean) ?? ''}</span>`
}

function cellHtml(cell: string, column: ColumnView | undefined): Html {
  const look = lookOf(cell, column)
  return look ? html`<td class="${look}">${cell}</td>` : html`<td>${cell}</td>`
}

function lookOf(cell: string, column: ColumnView | undefined) {
  const tone = column?.tones?.[cell]
  return tone && `state tone-${tone}`
}
