import 'server-only'
import { can, type Viewer } from '@/lib/access/viewer'
import { now, today } from '@/lib/clock'
import { NotFound } from '@/lib/errors'
import { readOverview } from '@/lib/overview/queries'
import { originOf, scopeText } from '@/lib/overview/words'
import { type ReportFormat, type ReportKind, type ReportRequest, reportKinds } from './kinds'
import type { Report, ReportSection } from './report'
import { assignmentSection, coverageSection, expirationSection, licenseSection, supportSection } from './sections'

/** The reports that a viewer may have, for the menu; empty where they may take nothing out. */
export const reportsFor = (viewer: Viewer): ReportKind[] =>
  (Object.keys(reportKinds) as ReportKind[]).filter((kind) => mayHave(viewer, kind))

const mayHave = (viewer: Viewer, kind: ReportKind) =>
  can(viewer, 'export') && (kind !== 'assignment' || can(viewer, 'assign-status.see'))

/**
 * A report in the viewer's scope: the figures of the Overview, from one snapshot. Rejects with NotFound where the viewer
 * may not have it; in `all` what they may not see is left out.
 */
export async function buildReport(viewer: Viewer, { kind, state }: ReportRequest): Promise<Report> {
  if (!mayHave(viewer, kind)) throw new NotFound('There is no such report.')
  const read = await readOverview(viewer, state)
  const asked = { making: { viewer, rowsHref: () => undefined }, read, state }
  const sections: (ReportSection | null)[] = [
    licenseSection(asked),
    coverageSection(asked),
    assignmentSection(asked),
    supportSection(asked),
    expirationSection(asked),
  ]
  const { source, asOf } = originOf(read, now())
  return {
    title: kind === 'all' ? 'Licenses, devices and contracts' : reportKinds[kind],
    account: viewer.account.name,
    scope: scopeText(viewer),
    asOf,
    preparedFor: viewer.name,
    source,
    sections: sections
      .filter((section) => section !== null)
      .filter((section) => kind === 'all' || section.kind === kind),
  }
}

/** `aurora.example-overview-2026-05-06.pptx` */
export function reportFileName(viewer: Viewer, kind: ReportKind, format: ReportFormat): string {
  const domain = viewer.account.domain.replace(/[^a-z0-9.-]/g, '_')
  return `${domain}-overview${kind === 'all' ? '' : `-${kind}`}-${today()}.${format}`
}
