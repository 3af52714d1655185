import type { ReactNode } from 'react'
import { Mark } from '@/components/ui/mark'

/** The page of somebody who comes by a link: the product's name and what was opened, no way to anything else. */
export function LinkFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="link-head">
        <p className="brand">
          <Mark />
          License Central
        </p>
      </header>
      <main id="main" tabIndex={-1} className="page">
        {children}
      </main>
    </>
  )
}
