/** A license in one Virtual Account; `spare` = left to use and free to go, below 0 = too few. */
export type Standing = { id: number; place: number | null; spare: number }

/** So many of a license from one Virtual Account to another. */
export type Relief = { giver: number; taker: number; quantity: number }

/**
 * Who gives how many to whom, so that as little as possible stays short: of one license, in the Virtual Accounts given. A
 * giver gives once and no more than it has to spare, so that nobody becomes short by it. What is shortest comes first; it
 * takes from who has just enough, else from who has most.
 */
export function reliefsOf(standings: readonly Standing[]): Relief[] {
  const givers = standings.filter(({ spare }) => spare > 0).sort((a, b) => a.spare - b.spare || a.id - b.id)
  const takers = standings.filter(({ spare }) => spare < 0).sort((a, b) => a.spare - b.spare || a.id - b.id)
  const reliefs: Relief[] = []
  for (const taker of takers) {
    let need = -taker.spare
    while (need > 0 && givers.length > 0) {
      const enough = givers.findIndex(({ spare }) => spare >= need)
      const [giver] = givers.splice(enough < 0 ? givers.length - 1 : enough, 1)
      if (!giver) break
      const quantity = Math.min(giver.spare, need)
      reliefs.push({ giver: giver.id, taker: taker.id, quantity })
      need -= quantity
    }
  }
  return reliefs
}
