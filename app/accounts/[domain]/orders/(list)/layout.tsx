import type { ReactNode } from 'react'

/** The list, and over it the order that was opened from it. */
export default function OrderListLayout({ children, drawer }: { children: ReactNode; drawer: ReactNode }) {
  return (
    <>
      {children}
      {drawer}
    </>
  )
}
