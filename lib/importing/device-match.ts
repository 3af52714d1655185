import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { code, given, pid } from './rules'
import type { Field, Row, Run } from './schema'

type Identity = { instance?: Field; serial: Field; pid?: Field }

/** What a row says of which device it means, for its `about`: the instance number, or the serial number with its PIDs. */
export function identityOf(row: Row, fields: Identity) {
  const named = fields.pid && pid(row, fields.pid)
  return {
    ...given({
      instance: fields.instance && code(row, fields.instance),
      serial: code(row, fields.serial)?.toUpperCase(),
    }),
    pids: named ? [named] : [],
  } as { instance?: string; serial?: string; pids: string[] }
}

/**
 * The staged rows with the devices that they mean, as planDevices takes them. A serial number is unique only together
 * with its PID; a row that means no device of the account, or several, is refused.
 */
export const matchedRows = ({ accountId }: Run): SQL => sql`
  select r.line, r.key, r.data - 'about' as data, r.data->'about' as about, case when m.n = 1 then m.id end as id,
    coalesce(r.problem, case
      when m.n = 0 then 'This Smart Account has no device with the ' || w.name || '. Import the devices first.'
      when m.n > 1 then 'This Smart Account has ' || m.n || ' devices with the ' || w.name || '. The product has to be named too.' end) as problem
  from staged_rows r
  cross join lateral (select case when r.data->'about' ? 'serial'
    then 'serial number ' || left(r.data->'about'->>'serial', 60) || coalesce(' and the product ' || left(r.data->'about'->'pids'->>0, 60), '')
    else 'instance number ' || left(r.data->'about'->>'instance', 60) end as name) w
  cross join lateral (
    select case when i.id is not null then 1 else s.n end as n, coalesce(i.id, s.id) as id
    from (select max(d.id) as id from devices d
        where d.smart_account_id = ${accountId} and d.instance_number = r.data->'about'->>'instance') i,
      (select count(*) as n, min(d.id) as id from devices d
        where d.smart_account_id = ${accountId} and d.serial_number = r.data->'about'->>'serial'
          and (r.data->'about'->'pids' = '[]' or r.data->'about'->'pids' ? d.pid)) s) m`
