import 'server-only'
import type { Viewer } from '@/lib/access/viewer'
import type { OverviewState } from '@/lib/overview/schema'
import { filterText } from '@/lib/overview/words'
import { reportsFor } from './build'
import { type ReportFormat, type ReportKind, reportFormats, reportHref, reportKinds } from './kinds'

const details: Readonly<Record<ReportKind, string>> = {
  all: 'Every report below, with a summary, in one file',
  licenses: 'Quantity and use by category, and what is insufficient',
  coverage: 'Covered, uncovered and not eligible devices by architecture',
  assignment: 'What is assigned to Virtual Accounts, in DEFAULT and in none',
  support: 'Devices by the year in which their support ends',
  expirations: 'Products in contracts and subscriptions by the end of their term',
}

/** The reports that the viewer may take from the Overview in this state, each with the addresses of its files. */
export const reportLinks = (viewer: Viewer, state: OverviewState) =>
  reportsFor(viewer).map((kind) => {
    const only =
      kind === 'coverage' ? filterText(state.coverage) : kind === 'expirations' ? filterText(state.expiration) : ''
    return {
      label: reportKinds[kind],
      detail: only ? `${details[kind]}; only ${only}` : details[kind],
      files: (Object.keys(reportFormats) as ReportFormat[]).map((format) => ({
        label: reportFormats[format],
        href: reportHref(viewer.account.domain, { kind, format, state }),
      })),
    }
  })
