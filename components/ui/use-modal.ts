'use client'

import { useEffect, useRef } from 'react'

/**
 * A native modal dialog that is open while it is mounted. The browser holds the focus inside and closes on Esc; the
 * focus returns to where it was, also when the dialog leaves with its page. Spread `props` on the `<dialog>`.
 */
export function useModal(onClose: () => void, returnTo?: string) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    const before = document.activeElement
    if (!dialog.matches(':modal')) {
      // Drawn open by the server, so that it can be read without JavaScript; only a closed one can become modal.
      dialog.removeAttribute('open')
      dialog.showModal()
      // The browser would take the Close button: the first field is of more use, and without one the title is read out.
      const field = dialog.querySelector<HTMLElement>('.dialog-body :is(input:not([type=hidden]), select, textarea)')
      const first = field ?? dialog.querySelector('h2')
      first?.focus()
    }
    return () => {
      const target = before && before !== document.body && before.isConnected ? before : null
      const back = target ?? (returnTo ? document.querySelector(returnTo) : null)
      if (back instanceof HTMLElement) back.focus({ preventScroll: true })
    }
  }, [returnTo])
  const close = () => ref.current?.close()
  return { close, props: { ref, onClose, closedby: 'any' as const } }
}
