import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Run } from './schema'
import { ranks, type Source } from './trust'

/** How far a source is trusted, in SQL; what is not known here least of all. */
const trustIn = (source: SQL): SQL =>
  sql`case ${sql.join(
    ranks.map(([name, rank]) => sql`when starts_with(${source}, ${name}) then ${sql.raw(String(rank))}`),
    sql` `,
  )} else 0 end`

const rankOf = (source: Source) => ranks.find(([name]) => name === source)?.[1] ?? 0

type Judged = {
  subject: string
  /** Who says what the file says. */
  source: Source
  /**
   * A select of (line, key, id, problem, current, wanted, sources, source): the thing as it is, with the source of its
   * facts one by one and of the rest, and what the file wants of it. `id` is null for what is new.
   */
  judged: SQL
  /**
   * The column that speaks for another one, as SQL of `j` (a judged row) and `w.key`: facts that hold only together are
   * written together or not at all.
   */
  speaker?: SQL
}

/**
 * The plan of things that a file says something of: rows that are refused, added, changed, and those that differ from a
 * source that is trusted as much or more. A value that a person decided against is neither written nor asked about.
 */
export function planRows({ accountId }: Run, { subject, source, judged, speaker = sql`w.key` }: Judged): SQL {
  const owner = sql`coalesce(f.sources->f.speaker->>'source', f.source)`
  return sql`
    with judged as materialized (${judged}),
    fields as (
      select j.line, j.key as thing, j.id, w.key as field, ${speaker} as speaker, j.current->w.key as was, w.value as is,
        j.current, j.sources, j.source
      from judged j cross join lateral jsonb_each(j.wanted) w
      where j.problem is null and j.id is not null and j.current || j.wanted <> j.current and w.value is distinct from j.current->w.key),
    facts as (
      select f.line, f.thing, f.id, f.speaker, jsonb_object_agg(f.field, f.was) as before, jsonb_object_agg(f.field, f.is) as after,
        bool_and(coalesce(f.current->>f.speaker, '') = '' or ${owner} = ${source} or ${trustIn(owner)} < ${sql.raw(String(rankOf(source)))}) as is_free
      from fields f group by f.line, f.thing, f.id, f.speaker),
    open_facts as (
      select * from facts f where not exists (select from differences x where x.smart_account_id = ${accountId}
        and x.subject = ${subject} and x.subject_id = f.id and x.field = f.speaker and x.refused = f.after))
    select j.line, j.key, case when j.problem is null then 'add' else 'reject' end as action, ${subject} as subject,
      null::bigint as subject_id, j.problem, null::jsonb as before, case when j.problem is null then jsonb_strip_nulls(j.wanted) end as after, null::text as field
    from judged j where j.problem is not null or j.id is null
    union all
    select f.line, f.thing, 'change', ${subject}, f.id, null, jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, f.after->b.key), null
    from open_facts f cross join lateral jsonb_each(f.before) b where f.is_free group by f.line, f.thing, f.id
    union all
    select f.line, f.thing, 'differ', ${subject}, f.id, null, f.before, f.after, f.speaker
    from open_facts f where not f.is_free`
}
