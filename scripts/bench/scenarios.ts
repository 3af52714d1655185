import { devices } from '@/lib/resources/devices'
import type { Params } from '@/lib/table/parse'
import type { Samples } from './samples'
import type { ViewerKind } from './viewers'

/** A question to the list, in some variants that are measured as one. */
export type ListScenario = { group: Group; name: string; variants: Params[] }
export type Group = 'list' | 'sorts' | 'pages' | 'search' | 'filters'

const later = (today: string, days: number) =>
  new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)

/** The panel with every filter, and how many rows each choice has. */
const OPEN: Params = { panel: 'filters' }

/** All that is asked of the list. `total`: how many devices the viewer sees. */
export function listScenarios(kind: ViewerKind, samples: Samples, total: number, today: string): ListScenario[] {
  const all = [...listed(samples), ...pages(total), ...searches(samples), ...filters(samples, today)]
  return kind === 'account' ? [...all, ...sorts()] : all
}

function listed({ triples }: Samples): ListScenario[] {
  const under = (sort: string) => triples.map((triple) => ({ ...triple, ...(sort && { sort }) }))
  return [
    { group: 'list', name: 'no filter', variants: [{}] },
    { group: 'list', name: 'no filter, all filters open', variants: [OPEN] },
    { group: 'list', name: 'Virtual Account + architecture + coverage', variants: under('') },
    { group: 'list', name: 'the same, all filters open', variants: triples.map((triple) => ({ ...triple, ...OPEN })) },
    { group: 'list', name: 'the same, by host name', variants: under('name').slice(0, 24) },
    { group: 'list', name: 'the same, by ship date, newest first', variants: under('-shipped').slice(0, 24) },
  ]
}

const sorts = (): ListScenario[] =>
  Object.entries(devices.columns).flatMap(([name, column]) =>
    'unsorted' in column
      ? []
      : [name, `-${name}`].map((sort): ListScenario => ({ group: 'sorts', name: sort, variants: [{ sort }] })),
  )

function pages(total: number): ListScenario[] {
  const last = Math.ceil(total / 50)
  const at = (row: number) => Math.max(1, Math.ceil(row / 50))
  const middle = Math.ceil(last / 2)
  const pageOf = (name: string, page: number, sort?: string): ListScenario => ({
    group: 'pages',
    name,
    variants: [{ page: String(page), ...(sort && { sort }) }],
  })
  return [
    ...(total > 500_000 ? [pageOf('row 500,000', at(500_000))] : []),
    pageOf('three quarters in', at(total * 0.75)),
    pageOf('last', last),
    ...['name', '-shipped', 'coverageEnd'].flatMap((sort) => [
      pageOf(`first, by ${sort}`, 1, sort),
      pageOf(`middle, by ${sort}`, middle, sort),
      pageOf(`last, by ${sort}`, last, sort),
    ]),
  ]
}

function searches({ words, fives, threes, prefixes }: Samples): ListScenario[] {
  const of = (name: string, texts: string[]): ListScenario => ({
    group: 'search',
    name,
    variants: texts.map((q) => ({ q })),
  })
  return [
    of('5 characters out of a serial number', fives),
    of('3 characters out of a serial number', threes),
    of('first 1 or 2 characters', prefixes),
    of(`${words.length} words of 2.5 to 20 % of the devices`, words),
  ]
}

function filters({ family, families, contract, pid, others, triples }: Samples, today: string): ListScenario[] {
  const of = (name: string, ...variants: Params[]): ListScenario => ({ group: 'filters', name, variants })
  const several: Params = { country: ['US', 'DE'], family: families, sort: 'coverageEnd' }
  const soon = `${today}..${later(today, 90)}`
  return [
    of(
      'country + type, by host name',
      { country: 'US', type: 'cloud', sort: 'name' },
      { country: 'DE', type: 'software', sort: 'name' },
    ),
    of('never covered, by coverage end (all null)', { coverage: 'never', sort: 'coverageEnd' }),
    of('cloud, by warranty end, latest first (all null)', { type: 'cloud', sort: '-warrantyEnd' }),
    of('covered, by contract', { coverage: 'covered', sort: 'contract' }),
    of('past last date of support, hardware', { support: 'passed', type: 'hardware' }),
    of('product family, by ship date', { family, sort: 'shipped' }),
    of('2 countries + 3 families, by coverage end', several),
    of('the same, all filters open', { ...several, ...OPEN }),
    of('Virtual Account + country + family', ...triples.slice(0, 6).map(({ va }) => ({ va, country: 'DE', family }))),
    of('country not US or DE', { country: others }),
    of('coverage ends in 90 days, by ship date', { coverageEnd: soon, sort: 'shipped' }),
    of('coverage ends in 90 days, covered, by country', { coverageEnd: soon, coverage: 'covered', sort: 'country' }),
    of('shipped in one week', { shipped: `${later(today, -200)}..${later(today, -194)}` }),
    of('contract number', { contract }),
    of('product ID, by host name', { pid, sort: 'name' }),
    of('covered, page 2,000', { coverage: 'covered', page: '2000' }),
    of('covered, by host name, page 200', { coverage: 'covered', sort: 'name', page: '200' }),
  ]
}
