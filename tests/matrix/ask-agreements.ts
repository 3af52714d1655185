import type { Sql } from 'postgres'
import type { Viewer } from '@/lib/access/viewer'
import { contractAgreements } from '@/lib/resources/contract-agreements'
import { loadContract } from '@/lib/resources/contract-detail'
import { contracts } from '@/lib/resources/contracts'
import { subscriptionAgreements } from '@/lib/resources/subscription-agreements'
import { loadSubscription } from '@/lib/resources/subscription-detail'
import { subscriptions } from '@/lib/resources/subscriptions'
import { loadTable } from '@/lib/table/load'
import { parseTable } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { ask } from './question'

/** A line of each Virtual Account and of none, where there is one of a device that is elsewhere, with what it is a line of. */
export type Line = { domain: string; id: number; of: string }
export type AgreementThings = { contractLines: Line[]; subscriptionLines: Line[]; covered: string }

export async function agreementThings(owner: Sql): Promise<AgreementThings> {
  const lines = (table: string, of: string) => owner<Line[]>`
    select distinct on (l.smart_account_id, l.virtual_account_id) a.domain, l.id::int as id, l.${owner(of)}::text as of
    from ${owner(table)} l join smart_accounts a on a.id = l.smart_account_id
    order by l.smart_account_id, l.virtual_account_id, l.source = 'matrix' desc, l.id`
  const [covered] = await owner<{ serial: string }[]>`
    select d.serial_number as serial from contract_lines l join devices d on d.smart_account_id = l.smart_account_id and d.id = l.device_id
    join virtual_accounts v on v.smart_account_id = l.smart_account_id and v.id = l.virtual_account_id
    where l.source = 'matrix' and v.name = 'Germany' and d.serial_number is not null order by l.id limit 1`
  return {
    covered: covered?.serial ?? '',
    contractLines: await lines('contract_lines', 'contract_number'),
    subscriptionLines: await lines('subscription_lines', 'subscription_id'),
  }
}

/** Those of an account, and one of each other. */
export const linesFor = (lines: readonly Line[], domain: string) =>
  lines.filter(
    (line, index) => line.domain === domain || lines.findIndex((other) => other.domain === line.domain) === index,
  )

const place = (resource: Resource, line: number | null) => ({ resource, query: parseTable(resource, {}).query, line })

/** Contracts and subscriptions as their pages have them, opened by themselves and from a product; and their lists. */
export function askAgreements(viewer: Viewer, { contractLines, subscriptionLines, covered }: AgreementThings) {
  return [
    ...linesFor(contractLines, viewer.account.domain).flatMap(({ id, of }) => [
      ask(`contract ${of}`, () => loadContract(viewer, of, place(contractAgreements, null))),
      ask(`contract ${of} from line ${id}`, () => loadContract(viewer, of, place(contracts, id))),
    ]),
    ...linesFor(subscriptionLines, viewer.account.domain).flatMap(({ id, of }) => [
      ask(`subscription ${of}`, () => loadSubscription(viewer, Number(of), place(subscriptionAgreements, null))),
      ask(`subscription ${of} from line ${id}`, () => loadSubscription(viewer, Number(of), place(subscriptions, id))),
    ]),
    ...[contracts, contractAgreements, subscriptions, subscriptionAgreements].map((resource: Resource) =>
      ask(`the page of ${resource.name}`, () => loadTable(viewer, resource, { panel: 'filters' }, '/list')),
    ),
    // By a device that is elsewhere nobody finds its contract, nor is the device named in it.
    ...[covered, 'CON-MATRIX'].map((q) => ask(`contracts of ${q}`, () => loadTable(viewer, contracts, { q }, '/list'))),
  ]
}
