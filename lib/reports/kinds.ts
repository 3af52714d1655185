import { z } from 'zod'
import { type OverviewState, overviewQuery, parseOverview } from '@/lib/overview/schema'
import { overviewReport } from '@/lib/paths'
import { type Params, valuesOf } from '@/lib/table/parse'

/** The reports of the Overview; `all` is each that its reader may have, in one file. */
export const reportKinds = {
  all: 'All reports',
  licenses: 'License consumption',
  coverage: 'Device coverage',
  assignment: 'Device assignment status',
  support: 'Last date of support',
  expirations: 'Expiration of contracts and subscriptions',
} as const
export type ReportKind = keyof typeof reportKinds

export const reportFormats = { xlsx: 'Excel', pptx: 'PowerPoint' } as const
export type ReportFormat = keyof typeof reportFormats

const kind = z.enum(Object.keys(reportKinds) as [ReportKind, ...ReportKind[]])
const format = z.enum(Object.keys(reportFormats) as [ReportFormat, ...ReportFormat[]])

export type ReportRequest = { kind: ReportKind; format: ReportFormat; state: OverviewState }

/** Reads the address of a report: which, as what, and under the filters of the Overview; problems as sentences. */
export function parseReport(params: Params): { request: ReportRequest; problems: string[] } {
  const { state, problems } = parseOverview(params)
  const read = <T extends string>(name: string, schema: z.ZodType<T>, usual: T): T => {
    const [value = usual] = valuesOf(params, name)
    const parsed = schema.safeParse(value)
    if (!parsed.success) problems.push(`${name}: “${value.slice(0, 60)}” is not one of its values.`)
    return parsed.data ?? usual
  }
  return { request: { kind: read('kind', kind, 'all'), format: read('format', format, 'xlsx'), state }, problems }
}

/** The address of a report under the state of the Overview. */
export function reportHref(domain: string, { kind, format, state }: ReportRequest): string {
  return `${overviewReport(domain)}?${new URLSearchParams([['kind', kind], ['format', format], ...overviewQuery(state)])}`
}
