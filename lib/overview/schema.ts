import { z } from 'zod'
import { type Params, valuesOf } from '@/lib/table/parse'

/** Which devices or products a figure counts; absent = all. */
export type FigureFilter = { architecture?: string; country?: string }

/** What the address of the Overview says. */
export type OverviewState = {
  /** Insight cards as numbers or as shares of the same base. */
  show: 'number' | 'percent'
  expirationPeriod: 'quarter' | 'month'
  expiration: FigureFilter
  coverage: FigureFilter
}
export type FilteredFigure = 'expiration' | 'coverage'

const show = z.enum(['number', 'percent'])
const period = z.enum(['quarter', 'month'])
// Architectures and countries are an account's own: one that does not occur counts nothing, and the figure says so.
const word = z
  .string()
  .max(100)
  .refine((text) => !text.includes('\0'))

/** Reads the address; unknown parameters are ignored, a bad value of a known one is a problem, in one sentence. */
export function parseOverview(params: Params): { state: OverviewState; problems: string[] } {
  const problems: string[] = []
  const read = <T>(name: string, schema: z.ZodType<T>): T | undefined => {
    const [value] = valuesOf(params, name)
    if (value === undefined) return undefined
    const parsed = schema.safeParse(value)
    if (!parsed.success) problems.push(`${name}: “${value.slice(0, 60)}” is not one of its values.`)
    return parsed.data
  }
  const filter = (figure: FilteredFigure): FigureFilter => {
    const architecture = read(`${figure}Architecture`, word)
    const country = read(`${figure}Country`, word)
    return { ...(architecture && { architecture }), ...(country && { country }) }
  }
  const state = {
    show: read('show', show) ?? 'number',
    expirationPeriod: read('expirationPeriod', period) ?? 'quarter',
    expiration: filter('expiration'),
    coverage: filter('coverage'),
  }
  return { state, problems }
}

/** The address's parameters for a state; what is as usual is left out. */
export function overviewQuery(state: OverviewState): [name: string, value: string][] {
  const all: [string, string | undefined][] = [
    ['show', state.show === 'number' ? undefined : state.show],
    ['expirationPeriod', state.expirationPeriod === 'quarter' ? undefined : state.expirationPeriod],
    ['expirationArchitecture', state.expiration.architecture],
    ['expirationCountry', state.expiration.country],
    ['coverageArchitecture', state.coverage.architecture],
    ['coverageCountry', state.coverage.country],
  ]
  return all.flatMap(([name, value]) => (value ? [[name, value]] : []))
}
