import { readCatalogue } from './catalogue'

const rows = readCatalogue(new Date('2026-01-01T00:00:00Z'))
const ISO = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

describe('the product catalogue', () => {
  test('holds at least 300 products, 150 of them with a last date of support', () => {
    expect(rows.length).toBeGreaterThanOrEqual(300)
    expect(rows.filter((row) => row.lastDateOfSupport).length).toBeGreaterThanOrEqual(150)
  })

  test('names each product once, in upper case without spaces', () => {
    expect(new Set(rows.map((row) => row.pid)).size).toBe(rows.length)
    expect(rows.filter((row) => !/^[A-Z0-9][A-Z0-9./+-]*$/.test(row.pid)).map((row) => row.pid)).toEqual([])
  })

  test('says of each product what it is, in closed sets', () => {
    const architectures = new Set(rows.map((row) => row.architecture))
    expect([...architectures].sort()).toEqual(
      ['Cloud & Services', 'Collaboration', 'Data Center', 'Networking', 'Security', 'Wireless'].sort(),
    )
    expect(new Set(rows.map((row) => row.assetType))).toEqual(new Set(['hardware', 'software', 'cloud']))
    expect(new Set(rows.map((row) => row.kind))).toEqual(new Set(['device', 'license', 'service']))
    expect(rows.filter((row) => row.description === '' || row.family === '')).toEqual([])
  })

  test('has calendar dates in the order in which they come', () => {
    for (const row of rows) {
      const between = [row.endOfSwMaintenance, row.endOfSecuritySupport, row.endOfContractRenewal]
      const all = [row.announced, row.endOfSale, ...between, row.lastDateOfSupport].filter((date) => date !== null)
      expect(all.filter((date) => !ISO.test(date) || Number.isNaN(Date.parse(date)))).toEqual([])
      const main = [row.announced, row.endOfSale, row.lastDateOfSupport].filter((date) => date !== null)
      expect([row.pid, ...main]).toEqual([row.pid, ...main.toSorted()])
      for (const date of between.filter((date) => date !== null)) {
        expect([row.pid, date <= (row.lastDateOfSupport ?? date)]).toEqual([row.pid, true])
      }
    }
  })

  test('has a bulletin wherever it has dates', () => {
    expect(rows.filter((row) => row.lastDateOfSupport && !row.bulletin).map((row) => row.pid)).toEqual([])
  })
})
