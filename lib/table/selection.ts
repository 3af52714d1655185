/**
 * Which rows a person chose, across pages: the ids named, or, with `all`, every row that matches but the ids named.
 * `of` is the list it was chosen from (its filters, whatever its order and page): another list has its own.
 */
export type Selection = { of: string; all: boolean; ids: ReadonlySet<number> }

/** What a person takes to the clipboard of a selection: rows of it, in the order of the list. */
export const COPY_AT_MOST = 10_000

export const noneOf = (list: string): Selection => ({ of: list, all: false, ids: new Set() })
export const allOf = (list: string): Selection => ({ of: list, all: true, ids: new Set() })

export const isSelected = ({ all, ids }: Selection, id: number) => ids.has(id) !== all

/** With these rows chosen, or without them. */
export function withRows(selection: Selection, rows: readonly number[], on: boolean): Selection {
  const ids = new Set(selection.ids)
  for (const id of rows) {
    if (on === selection.all) ids.delete(id)
    else ids.add(id)
  }
  return { ...selection, ids }
}

/** How many rows are chosen of a list of `total`. */
export const countSelected = ({ all, ids }: Selection, total: number) =>
  all ? Math.max(0, total - ids.size) : ids.size

/** The list that a selection belongs to: an address's search part without order, page and what is open. */
export function listOf(search: string): string {
  const params = new URLSearchParams(search)
  for (const name of ['sort', 'page', 'size', 'panel', 'saved', 'layout']) params.delete(name)
  params.sort()
  return params.toString()
}
