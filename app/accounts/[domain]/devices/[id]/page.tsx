import type { Metadata } from 'next'
import { DeviceView } from '@/components/devices/device-view'
import { RecordPage } from '@/components/ui/record-page'
import { type DeviceProps, openDevice } from '../open-device'

export const metadata: Metadata = { title: 'Device' }

/** A device on a page of its own: after a reload, by a link that was sent, or without JavaScript. */
export default async function DevicePage(props: DeviceProps) {
  const { detail, actions, view, listHref, previousHref, nextHref } = await openDevice(props)
  return (
    <RecordPage
      title={detail.title}
      summary={detail.summary}
      label="Devices"
      listHref={listHref}
      previousHref={previousHref}
      nextHref={nextHref}
      actions={actions}
    >
      <DeviceView {...view} />
    </RecordPage>
  )
}
