import { DeviceView } from '@/components/devices/device-view'
import { RecordDrawer } from '@/components/ui/record-page'
import { type DeviceProps, openDevice } from '../../../open-device'

/** A device over the list that it was opened from. */
export default async function DeviceDrawer(props: DeviceProps) {
  const { detail, actions, view, pageHref, listHref, previousHref, nextHref } = await openDevice(props)
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
      <DeviceView {...view} inDrawer />
    </RecordDrawer>
  )
}
