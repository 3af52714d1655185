'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { Link } from '@/components/ui/link'
import type { Tab } from './types'

/** Knows its current tab by the address, so that the shell stays in place while pages change. */
export function Tabs({ tabs }: { tabs: Tab[] }) {
  const path = usePathname()
  const current = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    // On a phone the current tab may lie outside the row.
    if (path) current.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path])
  return (
    <nav className="tabs" aria-label="Account">
      {tabs.map(({ label, href, also }) => {
        const here = also.some((place) => path === place || path.startsWith(`${place}/`))
        return (
          <Link
            key={href}
            href={href}
            className="tab"
            data-label={label}
            {...(here && { ref: current, 'aria-current': 'page' })}
          >
            {label}
          </Link>
        )
      })}
    </nav>
  )
}
