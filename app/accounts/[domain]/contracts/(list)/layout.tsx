import type { ReactNode } from 'react'

/** The list, and over it the contract that was opened from it. */
export default function ContractListLayout({ children, drawer }: { children: ReactNode; drawer: ReactNode }) {
  return (
    <>
      {children}
      {drawer}
    </>
  )
}
