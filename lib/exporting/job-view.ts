import { exportFile } from '@/lib/paths'
import { readNumber } from '@/lib/table/cells'
import type { Tone } from '@/lib/table/resource'
import type { ExportRow } from './jobs'

/** An export as its person sees it. */
export type ExportView = {
  id: string
  fileName: string
  filters: string
  state: { label: string; tone: Tone }
  rows: string
  /** While it is written, where one knows the whole. */
  percent: number | null
  size: string
  until: string
  /** The file, once it is there. */
  href: string | null
  isOpen: boolean
}

const STATES: Readonly<Record<ExportRow['status'], { label: string; tone: Tone }>> = {
  waiting: { label: 'Waiting', tone: 'neutral' },
  running: { label: 'Being made', tone: 'warn' },
  finished: { label: 'Ready', tone: 'good' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  failed: { label: 'Failed', tone: 'bad' },
}

/** Cancelled once it was ready. */
const DELETED = { label: 'Deleted', tone: 'neutral' } as const

const KEPT_MS = 24 * 60 * 60_000
const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

function sizeOf(bytes: number | null): string {
  if (bytes === null) return ''
  const [n, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${n.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${unit}`
}

export function exportView(domain: string, row: ExportRow): ExportView {
  const { id, status, rowsWritten, rowsExpected } = row
  const isOpen = status === 'waiting' || status === 'running'
  const whole = rowsExpected === null ? '' : ` of ${readNumber(rowsExpected)}`
  return {
    id,
    fileName: row.fileName,
    filters: row.filters || 'None',
    state: status === 'cancelled' && row.bytes !== null ? DELETED : STATES[status],
    rows: status === 'finished' ? readNumber(rowsWritten) : isOpen ? `${readNumber(rowsWritten)}${whole}` : '',
    percent:
      status === 'running' && rowsExpected ? Math.min(100, Math.floor((100 * rowsWritten) / rowsExpected)) : null,
    size: sizeOf(row.bytes),
    until: status === 'finished' || isOpen ? `${time.format(new Date(row.createdAt.getTime() + KEPT_MS))} UTC` : '',
    href: status === 'finished' ? exportFile(domain, id) : null,
    isOpen,
  }
}
