import { LicenseView } from '@/components/licensing/license-view'
import { RecordDrawer } from '@/components/ui/record-page'
import { type LicenseProps, openLicense } from '../../../open-license'

/** A license over the list that it was opened from. */
export default async function LicenseDrawer(props: LicenseProps) {
  const { detail, actions, view, pageHref, listHref, previousHref, nextHref } = await openLicense(props)
  return (
    <RecordDrawer
      key={detail.id}
      title={detail.title}
      summary={detail.summary}
      listHref={listHref}
      pageHref={pageHref}
      rowId={detail.id}
      previousHref={previousHref}
      nextHref={nextHref}
      actions={actions}
    >
      <LicenseView {...view} inDrawer />
    </RecordDrawer>
  )
}
