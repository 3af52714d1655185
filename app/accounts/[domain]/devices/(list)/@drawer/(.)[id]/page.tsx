import { DeviceView } from '@/components/devices/device-view'
import { Drawer } from '@/components/ui/drawer'
import { type DeviceProps, openDevice } from '../../../open-device'

/** A device over the list that it was opened from. */
export default async function DeviceDrawer(props: DeviceProps) {
  const { detail, hrefOf, licenseHrefOf, listHref, previousHref, nextHref } = await openDevice(props)
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
      <DeviceView detail={detail} hrefOf={hrefOf} licenseHrefOf={licenseHrefOf} inDrawer />
    </Drawer>
  )
}
