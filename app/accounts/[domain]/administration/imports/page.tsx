import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RunTable } from '@/components/importing/run-table'
import { UploadForm } from '@/components/importing/upload-form'
import { Empty } from '@/components/ui/feedback'
import { LinkButton } from '@/components/ui/link-button'
import { Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import { importRunsOf } from '@/lib/importing/queries'
import { formatIds, formatNames } from '@/lib/importing/schema'
import { MOST_BYTES } from '@/lib/importing/upload'
import { readInstant } from '@/lib/overview/words'
import { importRun, reconciliation } from '@/lib/paths'
import { checkFile } from './actions'

export const metadata: Metadata = { title: 'Imports' }

export default async function ImportsPage({ params }: { params: Promise<{ domain: string }> }) {
  const viewer = await getViewer((await params).domain)
  if (!can(viewer, 'import')) notFound()
  const { domain, name } = viewer.account
  const runs = await importRunsOf(viewer)
  const formats = formatIds.map((value) => ({ value, label: formatNames[value] }))
  return (
    <Page>
      <PageHeader
        title="Imports"
        summary={`Bring devices, licenses, contracts and lifecycle dates into ${name} from a file`}
        actions={
          <LinkButton href={reconciliation(domain)} icon="check">
            Reconciliation
          </LinkButton>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card id="upload" title="Check a file">
          <UploadForm action={checkFile.bind(null, domain)} formats={formats} largest={MOST_BYTES} />
        </Card>
        <Card id="rules" title="What an import does">
          <Rules />
        </Card>
      </div>
      <Card id="runs" title="Earlier imports">
        {runs.length === 0 ? (
          <Empty kind="nothing" icon="upload" title="No file has been imported yet">
            Each file that is checked here, or imported by command, is listed with what it did.
          </Empty>
        ) : (
          <RunTable runs={runs} href={(id) => importRun(domain, id)} readInstant={readInstant} />
        )}
      </Card>
    </Page>
  )
}

function Rules() {
  return (
    <ul className="grid list-disc gap-2 ps-5">
      <li>
        You see every change before it is made: what is added, what changes from what to what, and what is left out.
      </li>
      <li>
        A row with a cell that cannot be understood is left out whole, with its line and the reason. All other rows go
        in together, in one step, or none of them does.
      </li>
      <li>An empty cell takes nothing away, and a column that the file does not have is left alone.</li>
      <li>
        Devices are known by their Instance Number, or by serial number and product where a file has no other. A new
        device goes into the Virtual Account that the column “Virtual Account” names, else into none. A device that is
        here already stays where it is.
      </li>
      <li>
        A PID that the catalog does not know is added for this Smart Account alone. Lifecycle dates from a file hold in
        this Smart Account only, and go before those of the catalog.
      </li>
      <li>
        Each source is trusted more or less. What a more trusted one says stays; what another says otherwise is kept for
        you to decide.
      </li>
      <li>A checked file is kept for 24 hours, or until it is applied.</li>
    </ul>
  )
}
