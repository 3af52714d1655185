/** Ids in a row, for each table by its name in the schema. */
export class Ids {
  readonly #last = new Map<string, number>()

  next(table: string): number {
    const id = (this.#last.get(table) ?? 0) + 1
    this.#last.set(table, id)
    return id
  }

  /** Goes on from where these are, without them. */
  copy(): Ids {
    const other = new Ids()
    for (const [table, id] of this.#last) other.#last.set(table, id)
    return other
  }

  /** The last id given in each table. */
  entries(): [string, number][] {
    return [...this.#last]
  }
}
