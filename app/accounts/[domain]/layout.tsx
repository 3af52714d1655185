import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { SignedInShell } from '@/app/signed-in-shell'
import { ExportNews } from '@/components/exporting/export-news'
import { getPerson, getViewer } from '@/lib/access/signed-in'
import { EXPORTS_COOKIE, exportNews } from '@/lib/exporting/news'
import { accountPlaces, tabsOf } from '@/lib/navigation'
import { exportsIn } from '@/lib/paths'
import { viewPlaces } from '@/lib/views/queries'

type Props = { params: Promise<{ domain: string }>; children: ReactNode }

/** The Account View. Whoever has no assets to see here gets a 404, from this layout already. */
export default async function AccountLayout({ params, children }: Props) {
  const { domain } = await params
  const [viewer, person] = await Promise.all([getViewer(domain), getPerson(domain)])
  const { domain: account } = viewer.account
  const views = viewPlaces(viewer)
  const news = (await cookies()).has(EXPORTS_COOKIE) ? await exportNews(viewer) : null
  return (
    <SignedInShell
      person={person}
      account={account}
      tabs={tabsOf(viewer, views.opens)}
      places={[...accountPlaces(viewer, views.opens), ...views.places]}
      notice={news ? <ExportNews {...news} href={exportsIn(account)} /> : null}
    >
      {children}
    </SignedInShell>
  )
}
