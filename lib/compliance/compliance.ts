// Whether enough of a license is owned in its Virtual Account, why not, and what to do about it. Knows no database.

/** Dates are `YYYY-MM-DD`, both inclusive; null is open. */
export type Term = { quantity: number; startDate: string | null; endDate: string | null }

/** `forThis`: another license stands in for this one; `byThis`: this one stands in for another. */
export type Substitution = { kind: 'forThis' | 'byThis'; license: string; quantity: number }

/** The same license in another Virtual Account, with as many as can be spared there. */
export type Spare = { virtualAccountId: number; name: string; quantity: number }

export type Holding = {
  terms: readonly Term[]
  substitutions: readonly Substitution[]
  reserved: number
  /** As devices and services report it. */
  inUse: number
}

export type Compliance = {
  state: 'in_compliance' | 'out_of_compliance'
  /** The quantities of the terms in force. */
  owned: number
  /** How many more are in use, reserved or lent than there are; 0 when in compliance. */
  shortfall: number
  /** What is left to use: below 0 by the shortfall. */
  balance: number
  reasons: string[]
  waysOut: string[]
}

const number = new Intl.NumberFormat('en-US')
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const read = (n: number) => number.format(n)
const readDay = (day: string) => date.format(new Date(`${day}T00:00:00Z`))
const sum = (values: readonly { quantity: number }[]) => values.reduce((total, { quantity }) => total + quantity, 0)

/** A term is in force from its first day to its last. */
export const isInForce = ({ startDate, endDate }: Term, day: string) =>
  (startDate === null || startDate <= day) && (endDate === null || endDate >= day)

/** The state of a license on a day; `spares` are those places that somebody may be told of. */
export function complianceOf(holding: Holding, day: string, spares: readonly Spare[] = []): Compliance {
  const { terms, substitutions, reserved, inUse } = holding
  const owned = sum(terms.filter((term) => isInForce(term, day)))
  const lent = substitutions.filter(({ kind }) => kind === 'byThis')
  const received = substitutions.filter(({ kind }) => kind === 'forThis')
  const balance = owned + sum(received) - sum(lent) - reserved - inUse
  const shortfall = Math.max(0, -balance)
  const found = { owned, shortfall, balance }
  if (shortfall === 0) return { state: 'in_compliance', ...found, reasons: [], waysOut: [] }
  return {
    state: 'out_of_compliance',
    ...found,
    reasons: [
      needText(holding, owned, shortfall),
      ...lent.map(sentence),
      ...received.map(sentence),
      ...ended(terms, day),
    ],
    waysOut: waysOutOf(holding, day, shortfall, spares),
  }
}

function needText({ inUse, reserved }: Holding, owned: number, shortfall: number): string {
  const need = reserved > 0 ? `${read(inUse)} in use and ${read(reserved)} reserved` : `${read(inUse)} in use`
  const has = owned > 0 ? `${read(owned)} owned` : 'none owned'
  return `${need}, ${has} today: ${read(shortfall)} too few.`
}

/** `5 of it stand in for ISE Essentials`, or the other way. */
export const substitutionText = ({ kind, license, quantity }: Substitution): string =>
  kind === 'byThis'
    ? `${read(quantity)} of it stand in for ${license}`
    : `${read(quantity)} of ${license} stand in for it`
const sentence = (substitution: Substitution) => `${substitutionText(substitution)}.`

/** The terms that ended, the latest first. */
function ended(terms: readonly Term[], day: string): string[] {
  return terms
    .flatMap(({ quantity, endDate }) => (endDate !== null && endDate < day ? [{ quantity, endDate }] : []))
    .sort((a, b) => b.endDate.localeCompare(a.endDate))
    .slice(0, 3)
    .map(({ quantity, endDate }) => `A term of ${read(quantity)} ended on ${readDay(endDate)}.`)
}

/** What would close the gap, wholly or in part, from the least effort to the most. Buying always would. */
function waysOutOf({ terms, reserved }: Holding, day: string, shortfall: number, spares: readonly Spare[]): string[] {
  const starting = terms
    .flatMap(({ quantity, startDate }) => (startDate !== null && startDate > day ? [{ quantity, startDate }] : []))
    .sort((a, b) => a.startDate.localeCompare(b.startDate))
  const [next] = starting
  const places = spares
    .filter(({ quantity }) => quantity > 0)
    .toSorted((a, b) => b.quantity - a.quantity)
    .slice(0, 3)
  return [
    ...(next ? [`A term of ${read(next.quantity)} starts on ${readDay(next.startDate)}.`] : []),
    ...places.map(
      ({ name, quantity }) =>
        `${name} has ${read(quantity)} to spare: ${read(Math.min(quantity, shortfall))} of them moved here ${quantity >= shortfall ? 'are enough' : 'would help'}.`,
    ),
    ...(reserved > 0
      ? [`Give back up to ${read(Math.min(reserved, shortfall))} of the ${read(reserved)} reserved.`]
      : []),
    `Renew or buy ${read(shortfall)}, or free them on devices that use it.`,
  ]
}
