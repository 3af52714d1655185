import type { Metadata } from 'next'
import { LicenseView } from '@/components/licensing/license-view'
import { RecordPage } from '@/components/ui/record-page'
import { type LicenseProps, openLicense } from '../open-license'

export const metadata: Metadata = { title: 'License' }

/** A license on a page of its own: after a reload, by a link that was sent, or without JavaScript. */
export default async function LicensePage(props: LicenseProps) {
  const { detail, actions, view, listHref, previousHref, nextHref } = await openLicense(props)
  return (
    <RecordPage
      title={detail.title}
      summary={detail.summary}
      label="Licensing"
      listHref={listHref}
      previousHref={previousHref}
      nextHref={nextHref}
      actions={actions}
    >
      <LicenseView {...view} />
    </RecordPage>
  )
}
