'use client'

import { useEffect } from 'react'

/** Sends a form as soon as it is shown; without JavaScript its button does. */
export function SubmitAtOnce({ form }: { form: string }) {
  useEffect(() => {
    const element = document.getElementById(form)
    if (element instanceof HTMLFormElement) element.requestSubmit()
  }, [form])
  return null
}
