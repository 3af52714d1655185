import type { Params } from '@/lib/table/parse'
import { globalByHand, lookUpByHand } from './hand-global'
import { listByHand } from './hand-list'
import { numbersOf, overviewByHand } from './hand-overview'
import { type Bench, type Measured, WARM_UP } from './measure-list'
import { readList, readNeighbours, readOverviewOf, readPasted, readSearch } from './product'
import type { Samples } from './samples'
import { alternate, timesOf } from './timing'

/** The Overview, and the same numbers by hand. */
export async function measureOverview({ owner, viewer, today, runs }: Bench): Promise<Measured> {
  const product = numbersOf(await readOverviewOf(viewer))
  const hand = await overviewByHand(owner, viewer, today)
  const names = [...new Set([...Object.keys(product), ...Object.keys(hand)])]
  const differences = names
    .filter((name) => (product[name] ?? 0) !== (hand[name] ?? 0))
    .map((name) => `${name}: ${product[name]}, by hand ${hand[name]}`)
  const ways = [() => readOverviewOf(viewer), () => overviewByHand(owner, viewer, today)]
  const [one = [], other = []] = await alternate([ways], { rounds: runs, warmUp: WARM_UP })
  return { group: 'overview', name: 'Overview', product: timesOf(one), hand: timesOf(other), differences }
}

/** The devices before and after one, against the rows beside it in the page. */
export async function measureNeighbours(bench: Bench, { triples, words }: Samples): Promise<Measured[]> {
  const triple = triples[0] ?? {}
  const asked: [name: string, params: Params][] = [
    ['next and previous', { page: '10' }],
    ['next and previous, by host name', { page: '10', sort: 'name' }],
    ['next and previous, under three filters', triple],
    ['next and previous, under a word', { q: words[0] ?? '' }],
  ]
  const measured: Measured[] = []
  for (const [name, params] of asked) measured.push(await measureBeside(bench, name, params))
  return measured
}

async function measureBeside({ owner, viewer, today, runs }: Bench, name: string, params: Params): Promise<Measured> {
  const list = await readList(viewer, params)
  const place = Math.min(25, list.ids.length - 2)
  const id = list.ids[place] ?? 0
  const product = await readNeighbours(viewer, params, id)
  const is = `${product.previous}, ${product.next}`
  const should = `${list.ids[place - 1] ?? null}, ${list.ids[place + 1] ?? null}`
  const hand = listByHand({ sql: owner, viewer, today }, params, list.total)
  const [row] = await hand.beside(id)
  const byHand = `${row?.['previous']}, ${row?.['next']}`
  const ways = [() => readNeighbours(viewer, params, id), async () => hand.beside(id)]
  const [one = [], other = []] = await alternate([ways], { rounds: runs, warmUp: WARM_UP })
  const differences = [should, byHand]
    .filter((other) => other !== is)
    .map((other) => `beside ${id}: ${is}, by hand ${other}`)
  return { group: 'neighbours', name, product: timesOf(one), hand: timesOf(other), differences }
}

/** The search over everything, and pasted identifiers of which half are known. The product counts all; by hand five are found. */
export async function measureGlobal(bench: Bench, { fives, words, serials }: Samples): Promise<Measured[]> {
  const { owner, viewer, runs } = bench
  const pasted = serials.flatMap((serial) => [serial, `${serial}X`])
  const asked: [name: string, product: () => Promise<unknown>, hand: () => Promise<unknown>][][] = [
    fives
      .slice(0, 6)
      .map((text) => ['serial number', () => readSearch(viewer, text), async () => globalByHand(owner, viewer, text)]),
    words
      .slice(0, 6)
      .map((text) => ['word', () => readSearch(viewer, text), async () => globalByHand(owner, viewer, text)]),
    [
      [
        `${pasted.length} pasted identifiers`,
        () => readPasted(viewer, pasted),
        async () => lookUpByHand(owner, viewer, pasted),
      ],
    ],
  ]
  const measured: Measured[] = []
  for (const variants of asked) {
    const ways = variants.map(([, product, hand]) => [product, hand])
    const rounds = Math.max(1, Math.ceil(runs / variants.length))
    const [one = [], other = []] = await alternate(ways, { rounds, warmUp: 3 })
    measured.push({
      group: 'global search',
      name: variants[0]?.[0] ?? '',
      product: timesOf(one),
      hand: timesOf(other),
      differences: [],
    })
  }
  return measured
}
