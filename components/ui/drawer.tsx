'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useId } from 'react'
import { ButtonContent, buttonFace } from './button-face'
import { LinkButton } from './link-button'
import { useModal } from './use-modal'

type DrawerProps = {
  title: ReactNode
  /** Under the title: status, serial. */
  summary?: ReactNode
  /** The list without the open row. */
  closeHref: string
  /** The same content as a page of its own. */
  pageHref?: string
  /** Neighbors in the order of the list. */
  previousHref?: string
  nextHref?: string
  /** Selector of what gets the focus when the drawer was open from the start, such as "#row-17". */
  returnTo?: string
  children: ReactNode
  footer?: ReactNode
}

/**
 * A panel over the right side of a list, open because the address says so: it is there after a reload and without
 * JavaScript, the list keeps its scroll, Esc and Close lead back to `closeHref`.
 */
export function Drawer(props: DrawerProps) {
  const { title, summary, closeHref, pageHref, previousHref, nextHref, returnTo, children, footer } = props
  const id = useId()
  const router = useRouter()
  const modal = useModal(() => router.push(closeHref, { scroll: false }), returnTo)
  const link = { look: 'quiet', size: 'small', scroll: false } as const
  return (
    <dialog {...modal.props} open aria-labelledby={id} className="dialog drawer">
      <div className="dialog-header">
        <div className="grid gap-1 min-w-0">
          <h2 id={id} tabIndex={-1} className="wrap-anywhere">
            {title}
          </h2>
          {summary ? <div className="text-ink-muted">{summary}</div> : null}
        </div>
        <div className="flex shrink-0 gap-0.5">
          {previousHref ? (
            <LinkButton {...link} href={previousHref} replace icon="chevron-left" iconOnly>
              Previous row
            </LinkButton>
          ) : null}
          {nextHref ? (
            <LinkButton {...link} href={nextHref} replace icon="chevron-right" iconOnly>
              Next row
            </LinkButton>
          ) : null}
          {pageHref ? (
            // A full load: within the router this address is the drawer that is open already.
            <a {...buttonFace({ look: 'quiet', size: 'small', iconOnly: true }, 'Open as a page')} href={pageHref}>
              <ButtonContent icon="external" iconOnly>
                Open as a page
              </ButtonContent>
            </a>
          ) : null}
          <LinkButton {...link} href={closeHref} icon="close" iconOnly>
            Close
          </LinkButton>
        </div>
      </div>
      <div className="dialog-body">{children}</div>
      {footer ? <div className="dialog-footer">{footer}</div> : null}
    </dialog>
  )
}
