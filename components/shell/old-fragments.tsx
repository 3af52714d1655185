'use client'

import { useEffect } from 'react'
import { plain } from '@/lib/legacy-links/fragment'
import { movedFragment } from '@/lib/paths'

/** Old addresses that name their page behind `#`, which no server gets to see: the browser takes it there. */
export function OldFragments({ known }: { known: string[] }) {
  useEffect(() => {
    const fragment = plain(location.hash)
    if (known.includes(fragment)) location.replace(movedFragment(fragment))
  }, [known])
  return null
}
