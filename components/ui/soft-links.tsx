'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { linkOf } from './plain-click'

/** One listener for every `Link` of a page; what stands in a `SoftNavigation` is taken there. */
export function SoftLinks() {
  const router = useRouter()
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.defaultPrevented ? null : linkOf(event)
      const how = link?.dataset['soft']
      if (!link || how === undefined) return
      event.preventDefault()
      const { pathname, search, hash } = link
      router[how.includes('replace') ? 'replace' : 'push'](`${pathname}${search}${hash}`, {
        scroll: !how.includes('stay'),
      })
    }
    document.addEventListener('click', onClick)
    return () => document.removeEventListener('click', onClick)
  }, [router])
  return null
}
