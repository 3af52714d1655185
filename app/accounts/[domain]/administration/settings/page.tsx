import type { Metadata } from 'next'
import { viewerWho } from '@/app/form-steps'
import { ReviewedForm } from '@/components/administration/reviewed-form'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { settingsOf } from '@/lib/administration/settings'
import { settingFields, settingsGiven } from '@/lib/administration/settings-words'
import { administration } from '@/lib/paths'
import { changeSettings } from './actions'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage({ params }: { params: Promise<{ domain: string }> }) {
  const viewer = await viewerWho('account.manage', (await params).domain)
  const { domain } = viewer.account
  const { settings } = await settingsOf(viewer)
  return (
    <Page>
      <PageHeader
        trail={
          <Breadcrumb crumbs={[{ label: 'Administration', href: administration(domain) }, { label: 'Settings' }]} />
        }
        title="Settings"
        summary={`What ${settings.name} (${domain}) has decided about itself`}
      />
      <Card id="settings" title="Account settings">
        <ReviewedForm
          key={JSON.stringify(settings)}
          action={changeSettings.bind(null, domain, settings)}
          fields={settingFields}
          initial={settingsGiven(settings)}
          give="Save the settings"
        />
      </Card>
    </Page>
  )
}
