import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LetterView } from '@/components/sharing/letter-view'
import { LinkFrame } from '@/components/sharing/link-frame'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/feedback'
import { LinkButton } from '@/components/ui/link-button'
import { SearchField } from '@/components/ui/search-field'
import { Card, PageHeader } from '@/components/ui/surface'
import { normalEmail } from '@/lib/email-address'
import { env } from '@/lib/env'
import { DEMO_PAGE, readDemoMail } from '@/lib/mail/demo-outbox'
import { readInstant } from '@/lib/overview/words'
import { demoOutbox, idOf } from '@/lib/paths'
import { type Params, valuesOf } from '@/lib/table/parse'

export const metadata: Metadata = { title: 'Mail of the demo' }

/**
 * The mailboxes of the demo's people, open to whoever shows it, without a sign-in: a recipient of Order Based Access has
 * none. It exists in demo mode only, which never sends mail.
 */
export default async function DemoOutboxPage({ searchParams }: { searchParams: Promise<Params> }) {
  if (!env().DEMO) notFound()
  const given = await searchParams
  const [q = ''] = valuesOf(given, 'q')
  const [before = ''] = valuesOf(given, 'before')
  const address = q === '' ? '' : (normalEmail(q) ?? q.slice(0, 254).replaceAll('\0', ''))
  const found = await readDemoMail(address, idOf(before) ?? Number.MAX_SAFE_INTEGER)
  const mails = found.slice(0, DEMO_PAGE)
  const last = mails.at(-1)
  const search = new URLSearchParams({ ...(q && { q }), before: String(last?.id ?? '') })
  return (
    <LinkFrame>
      <PageHeader
        title="Mail of the demo"
        summary="The demo sends no mail. What it would send is kept here, the newest first."
      />
      <form action={demoOutbox()} className="flex flex-wrap gap-2">
        <SearchField label="Mail to an address" hint="recipient@fjord.example" value={q} longest={254} />
        <Button type="submit">Show</Button>
      </form>
      {mails.length === 0 ? (
        <div className="card">
          <Empty kind={q ? 'no-match' : 'nothing'} icon="order" title="No mail">
            Send Order Based Access from an order, or ask for a code at a link.
          </Empty>
        </div>
      ) : null}
      {mails.map(({ id, to, queuedAt, letter }) => (
        <Card key={id} id={`mail-${id}`} title={letter.subject}>
          <p className="text-sm text-ink-muted">
            To {to}, {readInstant(new Date(queuedAt))}
          </p>
          <LetterView parts={letter.parts} />
        </Card>
      ))}
      {found.length > DEMO_PAGE ? (
        <p>
          <LinkButton href={`${demoOutbox()}?${search}`}>Older mail</LinkButton>
        </p>
      ) : null}
    </LinkFrame>
  )
}
