import type { ReactNode } from 'react'
import { SignedInShell } from '@/app/signed-in-shell'
import { getPerson } from '@/lib/access/signed-in'

/** Where addresses of old portals lead. */
export default async function MovedLayout({ children }: { children: ReactNode }) {
  return <SignedInShell person={await getPerson()}>{children}</SignedInShell>
}
