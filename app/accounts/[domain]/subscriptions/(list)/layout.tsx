import type { ReactNode } from 'react'

/** The list, and over it the subscription that was opened from it. */
export default function SubscriptionListLayout({ children, drawer }: { children: ReactNode; drawer: ReactNode }) {
  return (
    <>
      {children}
      {drawer}
    </>
  )
}
