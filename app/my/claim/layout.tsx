import type { ReactNode } from 'react'
import { SignedInShell } from '@/app/signed-in-shell'
import { getPerson } from '@/lib/access/signed-in'

/** Something that was shared by a link becomes part of the User View. */
export default async function ClaimLayout({ children }: { children: ReactNode }) {
  return (
    <SignedInShell person={await getPerson()} isUserView>
      {children}
    </SignedInShell>
  )
}
