/**
 * `npm run bench [-- --devices 10000,1000000] [--runs 30] [--only REGEX]`: the product's SQL beside SQL written by hand.
 * With `--pages`: the CPU of a page of the list beside the thinnest page of Next, and the JavaScript of each tab.
 * With `--exports`: exports of all devices of the largest size beside COPY by hand, and pages while three are made.
 * Else writes docs/performance.md, with what was measured before for questions that are not asked.
 */
import { parseArgs } from 'node:util'
import { loadedDatabase, openServer } from './bench/databases'
import { writeReport } from './bench/document'
import { measureSize } from './bench/measure-size'
import { main } from './run'

await main(async (cleanup) => {
  const { values } = parseArgs({
    options: {
      devices: { type: 'string', default: '10000,1000000' },
      runs: { type: 'string', default: '30' },
      only: { type: 'string', default: '' },
      pages: { type: 'boolean', default: false },
      exports: { type: 'boolean', default: false },
    },
  })
  const sizes = values.devices.split(',').map(Number)
  const runs = Number(values.runs)
  if (![...sizes, runs].every((number) => Number.isInteger(number) && number > 0))
    throw new Error('--devices must be whole numbers with commas between them, --runs a whole number.')

  const server = await openServer()
  cleanup(server.stop)
  if (values.pages) {
    const { measurePages, pageLines } = await import('./bench/measure-pages')
    const database = await loadedDatabase(server.ownerUrl, sizes[0] ?? 0, console.log)
    for (const line of pageLines(await measurePages(database, cleanup))) console.log(line)
    return 0
  }
  if (values.exports) {
    const { measureExports } = await import('./bench/measure-exports')
    const { writeExports } = await import('./bench/export-report')
    const database = await loadedDatabase(server.ownerUrl, sizes.at(-1) ?? 0, console.log)
    for (const line of writeExports(await measureExports(database, cleanup))) console.log(line)
    return 0
  }
  const results = []
  for (const devices of sizes) {
    const database = await loadedDatabase(server.ownerUrl, devices, console.log)
    results.push(await measureSize({ ...database, runs, only: new RegExp(values.only), log: console.log }))
  }
  writeReport(results)
  const differing = results.flatMap(({ measured }) => measured.filter(({ differences }) => differences.length > 0))
  if (differing.length > 0)
    console.error(`${differing.length} scenarios do not give the same answer as the SQL by hand.`)
  return differing.length > 0 ? 1 : 0
})
