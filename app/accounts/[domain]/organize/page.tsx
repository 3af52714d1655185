import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ConfirmForm } from '@/components/administration/confirm-form'
import { MisplacedTable, RuleTable, ShortageTable } from '@/components/assignment/finding-tables'
import { QueueTable } from '@/components/assignment/queue-table'
import { RuleForm } from '@/components/assignment/rule-form'
import { LinkButton } from '@/components/ui/link-button'
import { Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { findMisplaced, findShortages, type Misplaced, type Shortage } from '@/lib/assignment/finders'
import { readQueue } from '@/lib/assignment/queue'
import { RULE_FIELDS } from '@/lib/assignment/rule-fields'
import { mayRule, type Rule, readRules } from '@/lib/assignment/rules'
import { targetsOf } from '@/lib/assignment/targets'
import { placeText } from '@/lib/assignment/words'
import * as paths from '@/lib/paths'
import { addAssignmentRule, planDevicesToLicense, planRule, planShortage, removeAssignmentRule } from './actions'

export const metadata: Metadata = { title: 'Organize' }

/** What has to be put where it belongs: the queue, the rules, and what is short or in a wrong place. */
export default async function OrganizePage({ params }: { params: Promise<{ domain: string }> }) {
  const viewer = await getViewer((await params).domain)
  if (!can(viewer, 'assign')) notFound()
  const [queue, rules, shortages, misplaced] = await Promise.all([
    readQueue(viewer),
    readRules(viewer),
    findShortages(viewer),
    findMisplaced(viewer),
  ])
  const { domain } = viewer.account
  return (
    <Page>
      <PageHeader
        title="Organize"
        summary="Put what you own where it belongs. Nothing moves before you have seen the review."
        actions={
          <LinkButton href={paths.assign(domain)} icon="upload">
            Assign from a list
          </LinkButton>
        }
      />
      <Card id="queue" title="Waiting to be assigned">
        {queue.length > 0 ? (
          <QueueTable queue={queue} />
        ) : (
          <p className="text-ink-muted">What is in no Virtual Account or in DEFAULT is not yours to assign.</p>
        )}
      </Card>
      {mayRule(viewer) ? <Rules viewer={viewer} rules={rules} /> : null}
      <Shortages viewer={viewer} found={shortages} />
      <WrongPlaces viewer={viewer} found={misplaced} />
    </Page>
  )
}

function Rules({ viewer, rules }: { viewer: Viewer; rules: Rule[] }) {
  const { domain } = viewer.account
  const isAnythingWaiting = rules.some(({ waiting }) => waiting > 0)
  return (
    <Card id="rules" title="Assignment rules">
      <div className="grid gap-4">
        <p>
          A rule says where devices that wait belong, with what they contain and what covers them. It is applied when
          you ask for it; of several rules that fit, the oldest counts.
        </p>
        {rules.length > 0 ? (
          <RuleTable
            rules={rules}
            place={(id) => placeText(id, viewer)}
            logHref={(id) => paths.eventsAbout(domain, 'assignment_rule', id)}
            buttons={({ id, waiting }) => (
              <div className="flex flex-wrap gap-2">
                {waiting > 0 ? <Plan action={planRule.bind(null, domain, id)} label="Preview" /> : null}
                <ConfirmForm
                  action={removeAssignmentRule.bind(null, domain, id)}
                  formKey={crypto.randomUUID()}
                  label="Delete"
                  pendingLabel="Deleting …"
                />
              </div>
            )}
          />
        ) : null}
        {rules.length > 1 && isAnythingWaiting ? (
          <Plan action={planRule.bind(null, domain, null)} label="Preview all rules" />
        ) : null}
        <RuleForm
          action={addAssignmentRule.bind(null, domain)}
          formKey={crypto.randomUUID()}
          fields={Object.entries(RULE_FIELDS).map(([value, label]) => ({ value, label }))}
          targets={targetsOf(viewer)}
        />
      </div>
    </Card>
  )
}

function Shortages({ viewer, found }: { viewer: Viewer; found: Shortage[] }) {
  const { domain } = viewer.account
  const closing = found.filter(({ moves }) => moves.length > 0).length
  return (
    <Card id="shortages" title="Short here, to spare there">
      {found.length === 0 ? (
        <p className="text-ink-muted">No license that you assign is short.</p>
      ) : (
        <div className="grid gap-4">
          <p>What would close the gaps without making anybody else short.</p>
          {closing > 1 ? <Plan action={planShortage.bind(null, domain, null)} label="Review all that helps" /> : null}
          <ShortageTable
            found={found}
            place={(id) => placeText(id, viewer)}
            button={(key) => <Plan action={planShortage.bind(null, domain, key)} label="Review" />}
          />
        </div>
      )}
    </Card>
  )
}

function WrongPlaces({ viewer, found }: { viewer: Viewer; found: Misplaced[] }) {
  const { domain } = viewer.account
  return (
    <Card id="wrong-places" title="Used in one, owned in another">
      {found.length === 0 ? (
        <p className="text-ink-muted">Every device uses the licenses of its own Virtual Account.</p>
      ) : (
        <div className="grid gap-4">
          <p>These devices use a license of another Virtual Account. Moving them to it mends that.</p>
          <MisplacedTable
            found={found}
            place={(id) => placeText(id, viewer)}
            button={({ license, devicesIn }) => (
              <Plan action={planDevicesToLicense.bind(null, domain, { license, devicesIn })} label="Review the move" />
            )}
          />
        </div>
      )}
    </Card>
  )
}

type PlanProps = { action: Parameters<typeof ConfirmForm>[0]['action']; label: string }

/** A button that makes a plan and leads to its review. */
const Plan = ({ action, label }: PlanProps) => (
  <ConfirmForm action={action} formKey={crypto.randomUUID()} label={label} pendingLabel="Planning …" />
)
