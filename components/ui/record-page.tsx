import type { ReactNode } from 'react'
import type { ActionLink } from '@/lib/table/row-actions'
import { Drawer } from './drawer'
import { Icon } from './icon'
import { LinkButton } from './link-button'
import { Breadcrumb, Page, PageHeader } from './surface'

type Props = {
  title: string
  summary: ReactNode
  /** The list that it was opened from: what it is called and where it stands. */
  label: string
  /** What this page is called behind that, where it is not the title. */
  crumb?: string
  listHref: string
  previousHref: string | undefined
  nextHref: string | undefined
  /** What can be done with it. */
  actions?: readonly ActionLink[]
  children: ReactNode
}

/** One row of a list on a page of its own. */
export function RecordPage(props: Props) {
  const { title, summary, label, crumb = title, listHref, previousHref, nextHref, actions = [], children } = props
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label, href: listHref }, { label: crumb }]} />}
        title={title}
        summary={summary}
        actions={
          <>
            <ActionLinks links={actions} />
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
        <h2 className="sr-only">What is known of it</h2>
        {children}
      </div>
    </Page>
  )
}

type DrawerProps = Omit<Props, 'label' | 'crumb'> & { rowId: number; pageHref: string | undefined }

/** The same over its list. */
export function RecordDrawer(props: DrawerProps) {
  const { title, summary, listHref, rowId, pageHref, previousHref, nextHref, actions = [], children } = props
  return (
    <Drawer
      title={title}
      summary={summary}
      closeHref={listHref}
      returnTo={`#name-${rowId}`}
      {...(pageHref && { pageHref })}
      {...(previousHref && { previousHref })}
      {...(nextHref && { nextHref })}
      {...(actions.length > 0 && { footer: <ActionLinks links={actions} /> })}
    >
      {children}
    </Drawer>
  )
}

const ActionLinks = ({ links }: { links: readonly ActionLink[] }) =>
  links.map(({ label, href }) => (
    <LinkButton key={href} href={href}>
      {label}
    </LinkButton>
  ))
