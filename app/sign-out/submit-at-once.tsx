'use client'

import { useEffect, useRef } from 'react'

/** Sends a form as soon as it is shown; without JavaScript its button does. */
export function SubmitAtOnce({ form }: { form: string }) {
  const isSent = useRef(false)
  useEffect(() => {
    if (isSent.current) return
    isSent.current = true
    const element = document.getElementById(form)
    if (element instanceof HTMLFormElement) element.requestSubmit()
  }, [form])
  return null
}
