import { LicenseView } from '@/components/licensing/license-view'
import { Drawer } from '@/components/ui/drawer'
import { type LicenseProps, openLicense } from '../../../open-license'

/** A license over the list that it was opened from. */
export default async function LicenseDrawer(props: LicenseProps) {
  const { detail, hrefOf, deviceHrefOf, listHref, previousHref, nextHref } = await openLicense(props)
  return (
    <Drawer
      key={detail.id}
      title={detail.title}
      summary={detail.summary}
      closeHref={listHref}
      pageHref={hrefOf(detail.id)}
      returnTo={`#name-${detail.id}`}
      {...(previousHref && { previousHref })}
      {...(nextHref && { nextHref })}
    >
      <LicenseView detail={detail} hrefOf={hrefOf} deviceHrefOf={deviceHrefOf} inDrawer />
    </Drawer>
  )
}
