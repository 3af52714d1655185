import type { Metadata } from 'next'
import { LicenseView } from '@/components/licensing/license-view'
import { Icon } from '@/components/ui/icon'
import { Breadcrumb, Page, PageHeader } from '@/components/ui/surface'
import { type LicenseProps, openLicense } from '../open-license'

export const metadata: Metadata = { title: 'License' }

/** A license on a page of its own: after a reload, by a link that was sent, or without JavaScript. */
export default async function LicensePage(props: LicenseProps) {
  const { detail, hrefOf, deviceHrefOf, listHref, previousHref, nextHref } = await openLicense(props)
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: 'Licensing', href: listHref }, { label: detail.title }]} />}
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
        <LicenseView detail={detail} hrefOf={hrefOf} deviceHrefOf={deviceHrefOf} />
      </div>
    </Page>
  )
}
