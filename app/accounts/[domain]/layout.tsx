import type { ReactNode } from 'react'
import { SignedInShell } from '@/app/signed-in-shell'
import { getPerson, getViewer } from '@/lib/access/viewer'
import { accountPlaces, tabsOf } from '@/lib/navigation'

type Props = { params: Promise<{ domain: string }>; children: ReactNode }

/** The Account View. Whoever has no assets to see here gets a 404, from this layout already. */
export default async function AccountLayout({ params, children }: Props) {
  const { domain } = await params
  const [viewer, person] = await Promise.all([getViewer(domain), getPerson(domain)])
  return (
    <SignedInShell person={person} account={viewer.account.domain} tabs={tabsOf(viewer)} places={accountPlaces(viewer)}>
      {children}
    </SignedInShell>
  )
}
