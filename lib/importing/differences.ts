import 'server-only'
import { sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import type { Format } from './formats'
import { ofRun } from './plan-store'
import type { Run } from './schema'

/** Where each kind of thing is kept. */
export const TABLES = {
  device: 'devices',
  license: 'licenses',
  lifecycle: 'account_lifecycles',
  contract: 'contracts',
  contract_line: 'contract_lines',
}

/** Puts what differs into the reconciliation inbox. What a source says anew takes the place of what it said before. */
export async function keepDifferences(tx: Writer, run: Run, { source }: Pick<Format, 'source'>): Promise<void> {
  for (const [subject, table] of Object.entries(TABLES)) {
    const own = subject === 'lifecycle' ? sql`null::jsonb` : sql`t.fact_sources->p.field`
    await tx.execute(sql`
      insert into differences as d (smart_account_id, subject, subject_id, field, current_value, current_source, current_as_of,
        incoming_value, incoming_source, incoming_as_of, import_run_id, line, created_at)
      select p.smart_account_id, p.subject, p.subject_id, p.field, p.before, coalesce(${own}->>'source', t.source),
        coalesce((${own}->>'asOf')::timestamptz, t.as_of), p.after, ${source},
        coalesce((r.data->'about'->>'asOf')::date at time zone 'UTC', ${run.at}::timestamptz), p.import_run_id, p.line, ${run.at}::timestamptz
      from import_plan p join ${sql.raw(table)} t on t.smart_account_id = p.smart_account_id and t.id = p.subject_id
      left join staged_rows r on r.line = p.line
      where ${ofRun(run)} and p.action = 'differ' and p.subject = ${subject}
      on conflict (smart_account_id, subject, subject_id, field, incoming_source) where state = 'open' do update set
        current_value = excluded.current_value, current_source = excluded.current_source, current_as_of = excluded.current_as_of,
        incoming_value = excluded.incoming_value, incoming_as_of = excluded.incoming_as_of, import_run_id = excluded.import_run_id,
        line = excluded.line`)
  }
}
