import type { Metadata } from 'next'
import { Facts } from '@/components/ui/facts'
import { Page, PageHeader } from '@/components/ui/surface'
import { getPerson } from '@/lib/access/signed-in'
import { allNotOffered } from '@/lib/elsewhere'

export const metadata: Metadata = { title: 'Not offered here' }

/** What people look for and do not find, and where it is instead. */
export default async function ElsewherePage() {
  await getPerson()
  return (
    <Page>
      <PageHeader title="Not offered here" summary="What License Central does not do, and where to go instead" />
      <div className="card elsewhere">
        <Facts items={allNotOffered.map(({ title, what, where }) => ({ label: title, value: `${what} ${where}` }))} />
      </div>
    </Page>
  )
}
