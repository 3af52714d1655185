import fc from 'fast-check'
import { complianceOf, type Holding, isInForce, type Substitution, type Term } from './compliance'

const DAY = '2026-05-06'
const days = fc.constantFrom(null, '2025-01-01', '2026-05-05', DAY, '2026-05-07', '2027-12-31')
const quantity = fc.nat({ max: 5_000 })
const term: fc.Arbitrary<Term> = fc.record({ quantity, startDate: days, endDate: days })
const substitution: fc.Arbitrary<Substitution> = fc.record({
  kind: fc.constantFrom('forThis', 'byThis'),
  license: fc.constantFrom('C9300 DNA Advantage', 'ISE Premier'),
  quantity,
})
const holding: fc.Arbitrary<Holding> = fc.record({
  terms: fc.array(term, { maxLength: 6 }),
  substitutions: fc.array(substitution, { maxLength: 3 }),
  reserved: quantity,
  inUse: quantity,
})
const holds = (property: (given: Holding, more: number) => void) =>
  fc.assert(fc.property(holding, fc.integer({ min: 1, max: 9_000 }), property), { numRuns: 500 })

test('what is there and what is taken add up, and the state says nothing else', () => {
  holds((given) => {
    const { state, balance, shortfall, owned } = complianceOf(given, DAY)
    const signed = given.substitutions.map(({ kind, quantity: n }) => (kind === 'forThis' ? n : -n))
    expect(balance).toBe(signed.reduce((a, b) => a + b, owned) - given.reserved - given.inUse)
    expect([state === 'out_of_compliance', shortfall > 0]).toEqual([balance < 0, balance < 0])
    expect(Math.max(balance, 0) - shortfall).toBe(balance)
  })
})

test('whoever is short is told why and how to get out; nobody else is', () => {
  holds((given) => {
    const { shortfall, reasons, waysOut } = complianceOf(given, DAY)
    expect([reasons.length > 0, waysOut.length > 0]).toEqual([shortfall > 0, shortfall > 0])
  })
})

test('owning more never makes it worse, using or reserving more never better', () => {
  holds((given, more) => {
    const { balance } = complianceOf(given, DAY)
    const after = (change: Partial<Holding>) => complianceOf({ ...given, ...change }, DAY).balance
    expect(after({ terms: [...given.terms, { quantity: more, startDate: null, endDate: DAY }] })).toBe(balance + more)
    expect(after({ inUse: given.inUse + more })).toBe(balance - more)
    expect(after({ reserved: given.reserved + more })).toBe(balance - more)
  })
})

test('what one license lends another one takes nothing from the two together, and helps nobody by more', () => {
  fc.assert(
    fc.property(holding, holding, fc.integer({ min: 1, max: 9_000 }), (lender, borrower, quantity) => {
      const lent = { kind: 'byThis' as const, license: 'ISE Essentials', quantity }
      const got = { kind: 'forThis' as const, license: 'ISE Advantage', quantity }
      const balance = (given: Holding) => complianceOf(given, DAY).balance
      const after = [
        balance({ ...lender, substitutions: [...lender.substitutions, lent] }),
        balance({ ...borrower, substitutions: [...borrower.substitutions, got] }),
      ]
      expect(after).toEqual([balance(lender) - quantity, balance(borrower) + quantity])
    }),
  )
})

test('a shortage that others cover in full is none, and one less covers it not', () => {
  holds((given) => {
    const { shortfall } = complianceOf(given, DAY)
    fc.pre(shortfall > 0)
    const covered = (quantity: number) =>
      complianceOf(
        { ...given, substitutions: [...given.substitutions, { kind: 'forThis', license: 'ISE Advantage', quantity }] },
        DAY,
      ).state
    expect([covered(shortfall), covered(shortfall - 1)]).toEqual(['in_compliance', 'out_of_compliance'])
  })
})

test('buying the shortfall is enough, and one less is not', () => {
  holds((given) => {
    const { shortfall } = complianceOf(given, DAY)
    fc.pre(shortfall > 0)
    const bought = (n: number) =>
      complianceOf({ ...given, terms: [...given.terms, { quantity: n, startDate: DAY, endDate: null }] }, DAY).state
    expect([bought(shortfall), bought(shortfall - 1)]).toEqual(['in_compliance', 'out_of_compliance'])
  })
})

test('terms that ended or have not started change nothing, nor does the order of anything', () => {
  holds((given, more) => {
    const idle = [
      { quantity: more, startDate: null, endDate: '2026-05-05' },
      { quantity: more, startDate: '2026-05-07', endDate: null },
    ]
    const other = {
      ...given,
      terms: [...given.terms, ...idle].reverse(),
      substitutions: given.substitutions.toReversed(),
    }
    expect(complianceOf(other, DAY)).toMatchObject({ balance: complianceOf(given, DAY).balance })
  })
})

test('a term is in force on its first and on its last day', () => {
  expect(isInForce({ quantity: 1, startDate: DAY, endDate: DAY }, DAY)).toBe(true)
  expect(isInForce({ quantity: 1, startDate: '2026-05-07', endDate: null }, DAY)).toBe(false)
  expect(isInForce({ quantity: 1, startDate: null, endDate: '2026-05-05' }, DAY)).toBe(false)
})

test('reason and ways out, in words', () => {
  const given = {
    terms: [
      { quantity: 1_000, startDate: '2023-05-06', endDate: null },
      { quantity: 50, startDate: '2023-05-06', endDate: '2026-05-05' },
      { quantity: 60, startDate: '2026-06-01', endDate: '2029-05-31' },
    ],
    substitutions: [{ kind: 'byThis' as const, license: 'ISE Essentials', quantity: 5 }],
    reserved: 10,
    inUse: 1_010,
  }
  const { reasons, waysOut } = complianceOf(given, DAY, [
    { virtualAccountId: 1, name: 'Lab', quantity: 3 },
    { virtualAccountId: 2, name: 'EMEA', quantity: 40 },
    { virtualAccountId: 3, name: 'APJC', quantity: 0 },
  ])
  expect(reasons).toEqual([
    '1,010 in use and 10 reserved, 1,000 owned today: 25 too few.',
    '5 of it stand in for ISE Essentials.',
    'A term of 50 ended on 5 May 2026.',
  ])
  expect(waysOut).toEqual([
    'A term of 60 starts on 1 Jun 2026.',
    'EMEA has 40 to spare: 25 of them moved here are enough.',
    'Lab has 3 to spare: 3 of them moved here would help.',
    'Give back up to 10 of the 10 reserved.',
    'Renew or buy 25, or free them on devices that use it.',
  ])
})
