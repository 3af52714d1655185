import { Icon } from '@/components/ui/icon'
import { Card } from '@/components/ui/surface'

/** A report by name, and where each of its files is. */
export type ReportLink = { label: string; detail: string; files: { label: string; href: string }[] }

/** The Overview to take along: each report alone, or all in one, as Excel or PowerPoint. */
export function Reports({ reports }: { reports: ReportLink[] }) {
  return (
    <Card id="reports" title="Reports">
      <p className="text-ink-muted">The figures of this page with its filters, as files whose charts stay editable.</p>
      <ul className="report-list">
        {reports.map(({ label, detail, files }) => (
          <li key={label}>
            <span>
              <b>{label}</b>
              <span className="text-ink-muted">{detail}</span>
            </span>
            <span className="report-files">
              {files.map((file) => (
                <a key={file.label} href={file.href} className="button button-small" data-hard="">
                  <Icon name="download" />
                  {file.label}
                  <span className="sr-only">: {label}</span>
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
