'use client'

import { useEffect, useRef } from 'react'

/**
 * A native modal dialog that is open while it is mounted. The browser holds the focus inside, closes on Esc and gives
 * the focus back to where it was; spread `props` on the `<dialog>`.
 */
export function useModal(onClose: () => void) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (!dialog || dialog.matches(':modal')) return
    // Drawn open by the server, so that it can be read without JavaScript; only a closed one can become modal.
    dialog.removeAttribute('open')
    dialog.showModal()
  }, [])
  const close = () => ref.current?.close()
  return { close, props: { ref, onClose, closedby: 'any' as const } }
}
