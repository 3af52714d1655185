import type { ReactNode } from 'react'

/** The list, and over it the device that was opened from it. */
export default function DeviceListLayout({ children, drawer }: { children: ReactNode; drawer: ReactNode }) {
  return (
    <>
      {children}
      {drawer}
    </>
  )
}
