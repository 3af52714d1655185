'use client'

import { type ReactNode, useId, useState } from 'react'
import { Button } from './button'
import type { IconName } from './icon'
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

type DialogButtonProps = FrameProps & {
  label: ReactNode
  icon?: IconName
  look?: 'plain' | 'primary' | 'quiet' | 'danger'
  size?: 'normal' | 'small'
}

/** A button and the dialog that it opens. The content may come from the server. */
export function DialogButton({ label, icon, look, size, ...frame }: DialogButtonProps) {
  const [open, setOpen] = useState(false)
  const face = { ...(icon && { icon }), ...(look && { look }), ...(size && { size }) }
  return (
    <>
      <Button {...face} className="needs-script" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open ? <Dialog {...frame} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
