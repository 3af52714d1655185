import type { ReactNode } from 'react'
import { SignedInShell } from '@/app/signed-in-shell'
import { getPerson } from '@/lib/access/signed-in'

/** Pages about a person themself. */
export default async function AccessLayout({ children }: { children: ReactNode }) {
  return <SignedInShell person={await getPerson()}>{children}</SignedInShell>
}
