'use client'

import { usePathname } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'

/** A notice that stands until it is dismissed or another page is opened; without JavaScript until the next page. */
export function OnThisPage({ label, children }: { label: string; children: ReactNode }) {
  const pathname = usePathname()
  const [page] = useState(pathname)
  const [isDismissed, setDismissed] = useState(false)
  if (isDismissed || pathname !== page) return null
  const dismiss = () => {
    setDismissed(true)
    // The button that had the focus is gone.
    document.getElementById('main')?.focus()
  }
  return (
    <div className="px-gutter pt-4">
      <section aria-label={label} className="notice tone-info">
        {children}
        <Button className="needs-script" size="small" onClick={dismiss}>
          Dismiss
        </Button>
      </section>
    </div>
  )
}
