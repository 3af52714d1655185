import type { ReactNode } from 'react'

/** The list, and over it the license that was opened from it. */
export default function LicenseListLayout({ children, drawer }: { children: ReactNode; drawer: ReactNode }) {
  return (
    <>
      {children}
      {drawer}
    </>
  )
}
