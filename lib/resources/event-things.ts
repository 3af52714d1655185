import 'server-only'
import { aliasedTable, type SQL, sql } from 'drizzle-orm'
import { smartAccounts, virtualAccounts } from '@/db/schema/accounts'
import { assignmentRules } from '@/db/schema/assignment'
import { changeItems, events as e, importRuns } from '@/db/schema/changes'
import { contractLines, subscriptionLines } from '@/db/schema/contracts'
import { devices } from '@/db/schema/devices'
import { userGroups } from '@/db/schema/groups'
import { licenses, licenseTerms } from '@/db/schema/licenses'
import { orderLines, orderShares, orders } from '@/db/schema/orders'
import { extentOf } from '@/lib/access/permissions'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { orderScope } from './order-scope'

/** Events as rows of a list; one is known by its number in the account. */
export const eventRows = { table: e, id: e.seq, tenant: e.smartAccountId, virtualAccount: e.virtualAccountIds }

/** The scope of events, as other tables have theirs. */
export const eventScope = (viewer: Viewer): SQL =>
  inScope(viewer, { smartAccountId: e.smartAccountId, virtualAccountId: e.virtualAccountIds })

/** Runs of imports are for those who import. Asked of the roles themselves: middleware reads this file too. */
export const seesImports = ({ grants }: Viewer): SQL =>
  grants.some(({ role }) => extentOf('import', role) !== undefined) ? sql`true` : sql`false`

/** Of the roles themselves, for the same reason. */
const seesUsers = ({ grants }: Viewer): SQL =>
  grants.some(({ role, reach }) => reach === 'account' && extentOf('users.see', role) !== undefined)
    ? sql`true`
    : sql`false`

/** An event that another one is about. */
const other = aliasedTable(e, 'other_event')

const named = (viewer: Viewer): Record<string, (id: SQL) => SQL> => ({
  device: (id) =>
    sql`select coalesce(${devices.name}, ${devices.serialNumber}, ${devices.instanceNumber}) from ${devices}
      where ${inScope(viewer, devices)} and ${devices.id} = ${id}`,
  license: (id) =>
    sql`select ${licenses.name} from ${licenses} where ${inScope(viewer, licenses)} and ${licenses.id} = ${id}`,
  order: (id) => sql`select ${orders.number} from ${orders} where ${orderScope(viewer)} and ${orders.id} = ${id}`,
  contract: (id) =>
    sql`select min(${contractLines.contractNumber}) from ${contractLines}
      where ${inScope(viewer, contractLines)} and ${contractLines.contractId} = ${id}`,
  contract_line: (id) =>
    sql`select ${contractLines.contractNumber} from ${contractLines} where ${inScope(viewer, contractLines)} and ${contractLines.id} = ${id}`,
  subscription_line: (id) =>
    sql`select ${subscriptionLines.sku} from ${subscriptionLines} where ${inScope(viewer, subscriptionLines)} and ${subscriptionLines.id} = ${id}`,
  order_line: (id) =>
    sql`select ${orderLines.pid} from ${orderLines} where ${inScope(viewer, orderLines)} and ${orderLines.id} = ${id}`,
  license_term: (id) =>
    sql`select ${licenses.name} from ${licenseTerms} join ${licenses} on ${licenses.smartAccountId} = ${licenseTerms.smartAccountId}
      and ${licenses.id} = ${licenseTerms.licenseId} where ${inScope(viewer, licenses)} and ${licenseTerms.id} = ${id}`,
  assignment_rule: (id) =>
    sql`select ${assignmentRules.value} from ${assignmentRules}
      where ${inScope(viewer, { smartAccountId: assignmentRules.smartAccountId, virtualAccountId: null })} and ${assignmentRules.id} = ${id}`,
  event: (id) =>
    sql`select ${other.seq}::text from ${e} ${other}
      where ${inScope(viewer, { smartAccountId: other.smartAccountId, virtualAccountId: other.virtualAccountIds })} and ${other.seq} = ${id}`,
  import: (id) =>
    sql`select ${importRuns.fileName} from ${importRuns}
      where ${importRuns.smartAccountId} = ${viewer.account.id} and ${seesImports(viewer)} and ${importRuns.id} = ${id}`,
  account: (id) =>
    sql`select ${smartAccounts.name} from ${smartAccounts} where ${smartAccounts.id} = ${viewer.account.id} and ${smartAccounts.id} = ${id}`,
  // Groups are known to those who manage the users of the whole account.
  user_group: (id) =>
    sql`select ${userGroups.name} from ${userGroups}
      where ${userGroups.smartAccountId} = ${viewer.account.id} and ${seesUsers(viewer)} and ${userGroups.id} = ${id}`,
  virtual_account: (id) =>
    sql`select ${virtualAccounts.name} from ${virtualAccounts}
      where ${inScope(viewer, { smartAccountId: virtualAccounts.smartAccountId, virtualAccountId: virtualAccounts.id })}
        and ${virtualAccounts.id} = ${id}`,
})

/** How often things of each kind are there. */
export type Kinds = Readonly<Record<string, number>>

/**
 * The name of what an event is about, where the viewer sees the thing itself; null else. `kinds`: no other is there, where
 * that is known. A statement waits for each table that it may read, whether it reads it or not.
 */
export function thingName(viewer: Viewer, subject: SQL, id: SQL, kinds?: Kinds): SQL {
  const cases = Object.entries(named(viewer)).flatMap(([kind, name]) =>
    kinds && !kinds[kind] ? [] : [sql`when ${kind} then (${name(id)})`],
  )
  return cases.length > 0 ? sql`case ${subject} ${sql.join(cases, sql` `)} end` : sql`null::text`
}

/** What the detail of an event names by its id, looked for where it names one: a look for nothing costs as much. */
export const ofDetail = (name: 'userId' | 'accountId' | 'shareId', read: (id: SQL) => SQL): SQL => {
  const id = sql`${e.detail}->>${sql.raw(`'${name}'`)}`
  return sql`case when ${id} ~ '^[0-9]{1,15}$' then ${read(sql`(${id})::bigint`)} end`
}

/** The file of the import that an event tells of. */
export const importFile = (viewer: Viewer): SQL =>
  sql`case when ${e.changeSetId} is not null or ${e.subject} = 'import' then (select ${importRuns.fileName} from ${importRuns}
    where ${importRuns.smartAccountId} = ${viewer.account.id} and ${seesImports(viewer)}
      and (${importRuns.changeSetId} = ${e.changeSetId} or ${e.subject} = 'import' and ${importRuns.id} = ${e.subjectId}) limit 1) end`

/** The address of the share that an event tells of, for those who manage the users of the whole account. */
export const shareRecipient = (viewer: Viewer): SQL =>
  ofDetail(
    'shareId',
    (id) => sql`(select ${orderShares.email} from ${orderShares}
      where ${orderShares.smartAccountId} = ${viewer.account.id} and ${seesUsers(viewer)} and ${orderShares.id} = ${id})`,
  )

/** Things that have a log of their own, as they stand in its address: `device:17`. */
export const THING = /^(device|license|order|event|import|virtual_account|assignment_rule):[1-9]\d{0,14}$/

/**
 * The events about a thing that the viewer sees: those on itself, those of change sets that it was in, and the notes on
 * all of them. Of what they do not see there are none.
 */
export function aboutThings(viewer: Viewer, values: readonly string[]): SQL {
  const each = values.map((value) => {
    const [subject = '', number = ''] = value.split(':')
    const id = Number(number)
    return sql`select x.seq from ${e} x where x.smart_account_id = ${viewer.account.id} and (${thingName(viewer, sql`${subject}::text`, sql`${id}::bigint`)}) is not null
      and ((x.subject = ${subject} and x.subject_id = ${id}) or x.change_set_id in (
        select ${changeItems.changeSetId} from ${changeItems}
        where ${changeItems.smartAccountId} = ${viewer.account.id} and ${changeItems.subject} = ${subject} and ${changeItems.subjectId} = ${id}))`
  })
  return sql`${e.seq} = any (array(with about as (${sql.join(each, sql` union `)})
    select seq from about union select x.seq from ${e} x
    where x.smart_account_id = ${viewer.account.id} and x.subject = 'event' and x.subject_id in (select seq from about)))`
}
