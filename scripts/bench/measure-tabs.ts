import { tabByHand } from './hand-tab'
import { type Bench, type Measured, WARM_UP } from './measure-list'
import { readRows } from './product'
import { type Sheet, sheets, type TabQuestion } from './sheets'
import { alternate, timesOf } from './timing'

/** The tabs other than Devices: rows and total compared with those by hand; the counts beside the filters asked by both. */
export async function measureTabs(bench: Bench, only: RegExp): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const sheet of sheets) {
    for (const question of sheet.asked(bench.today)) {
      if (only.test(`${sheet.resource.name} ${question.name}`)) measured.push(await measureTab(bench, sheet, question))
    }
  }
  return measured
}

async function measureTab(
  { owner, viewer, today, runs }: Bench,
  sheet: Sheet,
  question: TabQuestion,
): Promise<Measured> {
  const { resource } = sheet
  const { page: _, ...filters } = question.params
  const first = await readRows(viewer, resource, filters)
  const page = String(question.params['page'] === 'last' ? Math.max(1, Math.ceil(first.total / 50)) : 1)
  const read = () => readRows(viewer, resource, { ...filters, page })
  const hand = tabByHand({ sql: owner, viewer, today }, sheet, question, first.total)
  const [product, rows, [row]] = [await read(), await hand.page(), await hand.total()]
  const byHand = rows.map((one) => Number(one[hand.id]))
  const place = byHand.findIndex((id, index) => id !== product.ids[index])
  const differences = [
    ...(product.isCapped || Number(row?.['n']) === product.total
      ? []
      : [`total ${product.total}, by hand ${row?.['n']}`]),
    ...(place < 0 ? [] : [`row ${place + 1} is ${product.ids[place]}, by hand ${byHand[place]}`]),
  ]
  const ways = [
    read,
    () => Promise.all([hand.page(), hand.total(), hand.facets()]),
    () => Promise.all([hand.page(), hand.total()]),
  ]
  const [one = [], other = [], bare = []] = await alternate([ways], { rounds: runs, warmUp: WARM_UP })
  const times = { product: timesOf(one), hand: timesOf(other), bare: timesOf(bare) }
  return { group: resource.name, name: question.name, ...times, differences }
}
