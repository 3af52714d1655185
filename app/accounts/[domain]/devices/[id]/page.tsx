import type { Metadata } from 'next'
import { DeviceView } from '@/components/devices/device-view'
import { Icon } from '@/components/ui/icon'
import { Breadcrumb, Page, PageHeader } from '@/components/ui/surface'
import { type DeviceProps, openDevice } from '../open-device'

export const metadata: Metadata = { title: 'Device' }

/** A device on a page of its own: after a reload, by a link that was sent, or without JavaScript. */
export default async function DevicePage(props: DeviceProps) {
  const { detail, hrefOf, licenseHrefOf, listHref, previousHref, nextHref } = await openDevice(props)
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: 'Devices', href: listHref }, { label: detail.title }]} />}
        title={detail.title}
        summary={detail.summary}
        actions={
          <>
            {previousHref ? (
              <a href={previousHref} className="button" rel="prev">
                <Icon name="chevron-left" />
                Previous
              </a>
            ) : null}
            {nextHref ? (
              <a href={nextHref} className="button" rel="next">
                Next
                <Icon name="chevron-right" />
              </a>
            ) : null}
          </>
        }
      />
      <div className="card card-body">
        <DeviceView detail={detail} hrefOf={hrefOf} licenseHrefOf={licenseHrefOf} />
      </div>
    </Page>
  )
}
