'use client'

import { type ReactNode, useId } from 'react'
import { Button } from './button'
import { useModal } from './use-modal'

type FrameProps = { title: ReactNode; children: ReactNode; footer?: ReactNode; wide?: boolean }

/** Open while it is mounted. A Cancel button in any form inside is `<Button type="submit" formMethod="dialog" formNoValidate>`. */
export function Dialog({ title, children, footer, wide = false, onClose }: FrameProps & { onClose: () => void }) {
  const id = useId()
  const modal = useModal(onClose)
  return (
    <dialog {...modal.props} aria-labelledby={id} className={`dialog ${wide ? 'dialog-wide' : ''}`}>
      <div className="dialog-header">
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <form method="dialog">
          <Button type="submit" look="quiet" size="small" icon="close" iconOnly>
            Close
          </Button>
        </form>
      </div>
      <div className="dialog-body">{children}</div>
      {footer ? <div className="dialog-footer">{footer}</div> : null}
    </dialog>
  )
}
