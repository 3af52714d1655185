import type { ReactNode } from 'react'
import { SignedInShell } from '@/app/signed-in-shell'
import { getPerson } from '@/lib/access/signed-in'

/** The User View: what was shared with a person, whatever the account. */
export default async function UserViewLayout({ children }: { children: ReactNode }) {
  return (
    <SignedInShell person={await getPerson()} isUserView>
      {children}
    </SignedInShell>
  )
}
