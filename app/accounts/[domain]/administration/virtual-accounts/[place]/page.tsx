import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ConfirmForm } from '@/components/administration/confirm-form'
import { PlaceForm } from '@/components/administration/place-form'
import { SelectField } from '@/components/ui/field'
import { LinkButton } from '@/components/ui/link-button'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { pathOf } from '@/lib/access/roles'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { mayPlan, withNested } from '@/lib/administration/place-rules'
import { tagsText } from '@/lib/administration/place-schema'
import { type Place, placesOf, totalOf } from '@/lib/administration/places'
import { id } from '@/lib/administration/schema'
import { parentsFor } from '@/lib/administration/words'
import { eventsAbout, virtualAccounts } from '@/lib/paths'
import { changeVirtualAccount, deleteVirtualAccount, makeDefaultVirtualAccount } from '../actions'

export const metadata: Metadata = { title: 'Virtual Account' }

export default async function PlacePage({ params }: { params: Promise<{ domain: string; place: string }> }) {
  const { domain: given, place: number } = await params
  const viewer = await getViewer(given)
  const asked = id.safeParse(number)
  if (!(can(viewer, 'virtual-accounts.manage') && asked.success)) notFound()
  const place = (await placesOf(viewer)).find((one) => one.id === asked.data)
  if (!place?.isPlanned) notFound()
  const { domain } = viewer.account
  return (
    <Page>
      <PageHeader
        trail={
          <Breadcrumb crumbs={[{ label: 'Virtual Accounts', href: virtualAccounts(domain) }, { label: place.name }]} />
        }
        title={place.name}
        summary={pathOf(place.id, viewer.virtualAccounts)}
        actions={
          <LinkButton href={eventsAbout(domain, 'virtual_account', place.id)} icon="events">
            Events of this Virtual Account
          </LinkButton>
        }
      />
      <Card id="change" title="Change it">
        <p className="pb-4">
          Roles that reach what is nested go by the tree: whoever has one above its new place sees what is in it with
          their next click, and whoever had one above the old place does not any more.
        </p>
        <PlaceForm
          action={changeVirtualAccount.bind(null, domain, place.id)}
          formKey={crypto.randomUUID()}
          initial={fieldsOf(place)}
          parents={parentsFor(viewer, withNested(place.id, viewer.virtualAccounts))}
          label="Save"
        />
      </Card>
      {mayPlan(viewer, null) && !place.isDefault ? (
        <Card id="default" title="Default">
          <ConfirmForm
            action={makeDefaultVirtualAccount.bind(null, domain, place.id)}
            formKey={crypto.randomUUID()}
            label="Make it the default"
            pendingLabel="Changing …"
          >
            <p>What is in the default Virtual Account counts as not assigned yet. An account has one.</p>
          </ConfirmForm>
        </Card>
      ) : null}
      {place.isDefault ? null : <DeleteCard domain={domain} place={place} viewer={viewer} />}
    </Page>
  )
}

function DeleteCard({ domain, place, viewer }: { domain: string; place: Place; viewer: Viewer }) {
  const total = totalOf(place.contents)
  const targets = viewer.virtualAccounts
    .filter((one) => one.id !== place.id && can(viewer, 'assign', [one.id]))
    .map((one) => ({ value: String(one.id), label: pathOf(one.id, viewer.virtualAccounts) }))
  return (
    <Card id="delete" title="Delete">
      <ConfirmForm
        action={deleteVirtualAccount.bind(null, domain, place.id)}
        formKey={crypto.randomUUID()}
        label="Delete it"
        pendingLabel="Deleting …"
        look="danger"
      >
        <p>
          {total === 0
            ? 'Nothing is in it.'
            : `${total.toLocaleString('en-US')} things are in it and have to go elsewhere.`}{' '}
          Roles that were given in it end.
        </p>
        <SelectField
          name="target"
          label="Its assets go to"
          placeholder={total > 0 ? 'Choose …' : 'Nowhere: it is empty'}
          options={targets}
          required={total > 0}
        />
      </ConfirmForm>
    </Card>
  )
}

const fieldsOf = ({ name, description, parentId, isRestricted, preferredEndDate, tags }: Place) => ({
  ...{ name, description, parentId: String(parentId ?? '') },
  more: {
    access: isRestricted ? 'restricted' : 'unrestricted',
    ...{ preferredEndDate: preferredEndDate ?? '', tags: tagsText(tags) },
  },
})
