import type { Sql } from 'postgres'
import { childEnvironment, serverSettingsOf } from '@/lib/env'
import { encryptPak } from '@/lib/pak'
import { serverSecrets } from '@/scripts/own-secrets'
import { AURORA, BOREALIS, rolesIn, type Somebody } from '../people'
import type { Deed } from './actions'
import { NOWHERE } from './cells'
import type { Thing, World } from './world'

const PAK = 'ABCDEFG0000'
const REVEALERS = ['sa_admin', 'sa_user', 'va_admin', 'va_user']

/** A PAK that the server of the matrix can read; `line` is that of a shared order for the last of them. */
export type PakThing = Thing & { order: string | null }

/** Of two accounts one PAK in each of some Virtual Accounts and one in none, and one of a line that was shared. */
export async function readPaks(owner: Sql): Promise<PakThing[]> {
  const settings = { NEXTAUTH_URL: 'http://127.0.0.1', DATABASE_URL: 'postgres://nobody@127.0.0.1/none' }
  const ring = serverSettingsOf(childEnvironment({ ...serverSecrets(), ...settings })).PAK_KEYS
  await owner`update paks set order_line_id = (select min(i.order_line_id) from order_share_items i
      join order_shares s on s.id = i.share_id where s.email = 'recipient@fjord.example' and s.level = 'lines')
    where id = (select max(p.id) from paks p join virtual_accounts v on v.id = p.virtual_account_id
      join smart_accounts a on a.id = p.smart_account_id where v.name = 'APJC' and a.domain = ${AURORA})`
  const found = await owner<PakThing[]>`
    select p.id::int, a.domain, coalesce(v.name, 'none') as place, p.order_line_id::int as line, o.number as order
    from paks p join smart_accounts a on a.id = p.smart_account_id left join virtual_accounts v on v.id = p.virtual_account_id
    left join order_lines l on l.id = p.order_line_id left join orders o on o.id = l.order_id
    where (a.domain = ${AURORA} and coalesce(v.name, 'none') in ('Germany', 'Lab', 'APJC', 'none')) or (a.domain = ${BOREALIS} and v.id is null)
    order by a.domain, p.order_line_id nulls first, p.id`
  for (const { id } of found) {
    const { encrypted, keyId } = encryptPak(PAK, Number(id), ring)
    await owner`update paks set encrypted = ${encrypted}, key_id = ${keyId} where id = ${id}`
  }
  return [...found]
}

const told = { changes: ['events', 'event_cube', 'rate_limits'], events: 1 }
const read: Deed['read'] = ({ value }) =>
  (value as { pak?: string } | undefined)?.pak === PAK ? [] : [`it gave ${JSON.stringify(value)}`]
const form = { reason: 'Rehost of a device' }

/** PAKs of several Virtual Accounts, of none and of another account: for who works where they are. */
export const revealPak = ({ paks, licenses }: World): Deed[] =>
  paks.map(({ id, domain, place }, index) => {
    const license = licenses.find((one) => one.domain === domain)?.id ?? 1
    const sent = (where: string, pak: number) => ({
      path: `/accounts/${where}/licensing/${license}`,
      args: [where, pak, { reason: '' }],
      form,
    })
    return {
      ...{ name: `the PAK of ${place} of ${domain}`, domain, ...sent(domain, Number(id)) },
      missing: index === 0 ? sent(NOWHERE, Number(id)) : sent(domain, 999_999_998),
      ...(index > 0 && { isOneOfMany: true as const }),
      isAllowed: (somebody: Somebody) =>
        somebody.isActive &&
        rolesIn(somebody, domain).some(
          ({ role, places }) => REVEALERS.includes(role) && (places === null || places.includes(place)),
        ),
      ...{ ...told, read },
    }
  })

/** A PAK of a line: for those to whom that is open in full. The others are not there, by whatever order they are asked for. */
export const revealSharedPak = ({ paks, sights }: World): Deed[] => {
  const order = paks.find(({ line }) => line)?.order
  const sent = (pak: number) => ({ path: `/my/orders/${order}`, args: [pak, { reason: '' }], form })
  return paks.map(({ id, domain, place, line }) => ({
    ...{ name: `the PAK of ${place} of ${domain} by an order`, domain, ...sent(Number(id)) },
    ...(!line && { isOneOfMany: true as const }),
    missing: sent(999_999_998),
    isAllowed: ({ email, isActive }: Somebody) =>
      isActive && Number(line) > 0 && (sights.get(email)?.wholeLines.includes(Number(line)) ?? false),
    ...{ ...told, read },
  }))
}
