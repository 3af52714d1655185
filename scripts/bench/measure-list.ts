import type { Sql } from 'postgres'
import type { Viewer } from '@/lib/access/viewer'
import { Unavailable } from '@/lib/errors'
import { difference } from './answer'
import { type HandList, listByHand, readAnswer } from './hand-list'
import { readList } from './product'
import type { ListScenario } from './scenarios'
import { alternate, type Times, timesOf } from './timing'

export type Measured = {
  group: string
  name: string
  product: Times
  /** The hand-written statements for the same answer, and without the counts beside the filters. */
  hand: Times
  bare?: Times
  /** How the page was written by hand, where there was a choice. */
  way?: string
  /** Where the answers were not the same. */
  differences: string[]
}
export type Bench = { owner: Sql; viewer: Viewer; today: string; runs: number }

/** After so many times a statement is kept, and its plan too. */
export const WARM_UP = 9
/** A way that takes so many times the best is not tried again. */
const HOPELESS = 4

/** Reads one scenario both ways, compares the answers, then measures them in turn. */
export async function measureList({ owner, viewer, today, runs }: Bench, scenario: ListScenario): Promise<Measured> {
  const differences: string[] = []
  const ways = new Map<string, number>()
  const variants: (() => Promise<unknown>)[][] = []
  for (const params of scenario.variants) {
    const product = await patiently(() => readList(viewer, params))
    const hand = listByHand({ sql: owner, viewer, today }, params, product.total)
    const way = await fastest(hand)
    ways.set(way, (ways.get(way) ?? 0) + 1)
    const page = hand.pages[way] ?? Object.values(hand.pages)[0]
    if (!page) throw new Error(`${scenario.name} has no page by hand.`)
    const [rows, total, facets] = await Promise.all([page(), hand.total(), hand.facets()])
    const found = difference(product, readAnswer(rows, total, facets, hand.isExact))
    if (found) differences.push(`${new URLSearchParams(params as Record<string, string>)}: ${found}`)
    variants.push([
      () => readList(viewer, params),
      () => Promise.all([page(), hand.total(), hand.facets()]),
      () => Promise.all([page(), hand.total()]),
    ])
  }
  const rounds = Math.max(1, Math.ceil(runs / variants.length))
  const [product = [], hand = [], bare = []] = await alternate(variants, {
    rounds,
    warmUp: Math.max(2, Math.ceil(WARM_UP / variants.length)),
  })
  const way = [...ways].map(([name, n]) => (ways.size > 1 ? `${name} ${n}` : name)).join(', ')
  return {
    group: scenario.group,
    name: scenario.name,
    product: timesOf(product),
    hand: timesOf(hand),
    bare: timesOf(bare),
    way,
    differences,
  }
}

/** What nobody has read yet comes from the disk, and may take longer than a person would wait. */
async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt < 4; attempt++) {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
    }
  }
  return read()
}

/** The name of the way that takes the least time. */
async function fastest({ pages }: HandList): Promise<string> {
  const medians = async (names: string[], rounds: number, warmUp: number) => {
    const times = await alternate([names.map((name) => async () => pages[name]?.())], { rounds, warmUp })
    return times.map((runs) => timesOf(runs).p50)
  }
  const all = Object.keys(pages)
  if (all.length < 2) return all[0] ?? ''
  const first = await medians(all, 1, 0)
  const names = all.filter((_, index) => (first[index] ?? 0) <= HOPELESS * Math.min(...first))
  const last = await medians(names, 3, 0)
  return names[last.indexOf(Math.min(...last))] ?? ''
}
