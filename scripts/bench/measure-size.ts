import type { Sql } from 'postgres'
import { connect } from '@/db/client'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { Unavailable } from '@/lib/errors'
import { type Bench, type Measured, measureList, WARM_UP } from './measure-list'
import { measureGlobal, measureNeighbours, measureOverview } from './measure-rest'
import { measureTabs } from './measure-tabs'
import { readFrom, readList, readNeighbours, readOverviewOf, readRows, readSearch } from './product'
import { type Samples, samplesOf } from './samples'
import { listScenarios } from './scenarios'
import { sheets } from './sheets'
import { underWatch } from './stopwatch'
import { quiet } from './timing'
import { benchViewer, type ViewerKind } from './viewers'
import { openWire } from './wire'

export type SizeResult = {
  devices: number
  measured: (Measured & { viewer: ViewerKind })[]
  roundTrips: { name: string; count: number }[]
}
export type SizeOptions = { ownerUrl: string; appUrl: string; runs: number; only: RegExp; log: (line: string) => void }

/** One question that is not answered in time is told, and takes nothing from the others. */
async function inTime(work: () => Promise<void>, name: string, log: (line: string) => void): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    log(`${name}: NOT MEASURED, ${error.message}`)
  }
}

/** A server that has just been started compiles its code first. */
async function warmUp(viewer: Viewer): Promise<void> {
  for (let run = 0; run < 300; run++) await readList(viewer, {})
}

const measureRest = async (bench: Bench, samples: Samples, only: RegExp): Promise<Measured[]> => [
  ...(only.test('neighbours') ? await measureNeighbours(bench, samples) : []),
  ...(only.test('global search') ? await measureGlobal(bench, samples) : []),
  ...(only.test('overview') ? [await measureOverview(bench)] : []),
]

/** Measures everything on one loaded database. */
export async function measureSize({ ownerUrl, appUrl, runs, only, log }: SizeOptions): Promise<SizeResult> {
  const owner = underWatch(connect(ownerUrl, { max: 1, statementTimeout: 120_000 }))
  const measured: SizeResult['measured'] = []
  try {
    await readFrom(appUrl)
    let devices = 0
    for (const kind of ['account', 'some'] as const) {
      const viewer = await benchViewer(owner, kind)
      const bench = { owner, viewer, today: today(), runs }
      const { total } = await readList(viewer, {})
      devices ||= total
      await warmUp(viewer)
      const samples = await samplesOf(owner, viewer)
      const keep = (one: Measured) => {
        measured.push({ ...one, viewer: kind })
        log(`${kind} ${lineOf(one)}`)
      }
      for (const scenario of listScenarios(kind, samples, total, today())) {
        const name = `${scenario.group} ${scenario.name}`
        if (only.test(name)) await inTime(() => measureList(bench, scenario).then(keep), `${kind} ${name}`, log)
      }
      for (const one of await measureRest(bench, samples, only)) keep(one)
      for (const one of await measureTabs(bench, only)) keep(one)
    }
    return { devices, measured, roundTrips: await roundTripsOf(owner, appUrl) }
  } finally {
    await owner.end()
  }
}

const lineOf = ({ group, name, product, hand, bare, way, differences }: Measured) =>
  `${group}: ${name}: p10 ${product.p10.toFixed(2)} / ${hand.p10.toFixed(2)}, p50 ${product.p50.toFixed(2)} / ${hand.p50.toFixed(2)} ms = ${(product.p50 / hand.p50).toFixed(1)}, in all ${product.all.toFixed(2)} / ${hand.all.toFixed(2)}${bare ? `, bare ${bare.p50.toFixed(2)} ms` : ''}${way ? ` (${way})` : ''}${differences.map((line) => `\n  DIFFERS ${line}`).join('')}`

/** How often a page waits for the database, begin and commit of its transaction included; the viewer's own is one more. */
async function roundTripsOf(owner: Sql, appUrl: string): Promise<SizeResult['roundTrips']> {
  const wire = await openWire(appUrl)
  await readFrom(wire.url)
  const viewer = await benchViewer(owner, 'account')
  const samples = await samplesOf(owner, viewer)
  const first = (await readList(viewer, {})).ids[9] ?? 0
  const pages: [name: string, read: () => Promise<unknown>][] = [
    ['Devices', () => readList(viewer, {})],
    ['Devices under three filters', () => readList(viewer, samples.triples[0] ?? {})],
    ['Devices, a word', () => readList(viewer, { q: samples.words[0] ?? '' })],
    ['Devices, a serial number', () => readList(viewer, { q: samples.fives[0] ?? '' })],
    ...sheets.map(({ resource }): (typeof pages)[number] => [resource.noun.many, () => readRows(viewer, resource, {})]),
    ['next and previous', () => readNeighbours(viewer, {}, first)],
    ['Search', () => readSearch(viewer, samples.fives[0] ?? '')],
    ['Overview', () => readOverviewOf(viewer)],
  ]
  const counted: SizeResult['roundTrips'] = []
  for (const [name, read] of pages) {
    for (let run = 0; run < WARM_UP; run++) await read()
    // What is sent before its answer is waited for may cross the answer to what went before: the fewest of some.
    let count = Number.POSITIVE_INFINITY
    for (let run = 0; run < 5; run++) {
      await quiet()
      wire.reset()
      await read()
      count = Math.min(count, wire.count())
    }
    counted.push({ name, count })
  }
  await readFrom(appUrl)
  await wire.close()
  return counted
}
