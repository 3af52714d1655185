import type { ReactNode } from 'react'

/** The list, and over it the event that was opened from it. */
export default function EventListLayout({ children, drawer }: { children: ReactNode; drawer: ReactNode }) {
  return (
    <>
      {children}
      {drawer}
    </>
  )
}
