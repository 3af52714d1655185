import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Link } from '@/components/ui/link'
import { Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { administrationParts } from '@/lib/administration/parts'

export const metadata: Metadata = { title: 'Administration' }

export default async function AdministrationPage({ params }: { params: Promise<{ domain: string }> }) {
  const viewer = await getViewer((await params).domain)
  const parts = administrationParts(viewer)
  if (parts.length === 0) notFound()
  return (
    <Page>
      <PageHeader title="Administration" summary={`What there is to decide about ${viewer.account.name}`} />
      <ul className="part-list">
        {parts.map(({ label, about, href }) => (
          <li key={href} className="card">
            <h2>
              <Link href={href} className="link">
                {label}
              </Link>
            </h2>
            <p className="text-ink-muted">{about}</p>
          </li>
        ))}
      </ul>
    </Page>
  )
}
