import { CAP, grouped } from './hand-counts'
import type { HandContext } from './hand-list'
import type { Sheet, TabQuestion } from './sheets'

const SIZE = 50

/** The statements for a page of a tab, its total and the counts in its menus: plain SQL over the same tables. */
export function tabByHand({ sql, viewer, today }: HandContext, sheet: Sheet, question: TabQuestion, total: number) {
  const { table, shown, id, cube, isSet } = sheet
  const own = `smart_account_id = ${viewer.account.id}`
  const ids = viewer.scope.kind === 'account' ? undefined : viewer.scope.ids.join(', ')
  const mine = (whole: string) =>
    !ids
      ? `${own}${whole}`
      : `${own} and ${isSet ? `virtual_account_ids && array[${ids}]::bigint[]` : `virtual_account_id in (${ids})`}`
  const where = question.where ? ` and ${question.where}` : ''
  const rows = `from ${table} t where ${mine('')}${where}${question.found ? ` and ${question.found}` : ''}`
  const order = question.order ?? sheet.order
  // Inside of a template it is prepared once; on its own it would be planned anew each time, having no parameters.
  const asked = (text: string) => () => sql`${sql.unsafe(text)}`
  const left = total % SIZE || Math.min(SIZE, total)
  const page =
    question.params['page'] === 'last'
      ? `select * from (select ${shown} ${rows} order by ${reversed(order)} limit ${left}) p order by ${order}`
      : `select ${shown} ${rows} order by ${order} limit ${SIZE}`
  const hits = `(select * ${rows} limit ${CAP + 1}) h`
  const cells = `${cube} where ${mine(isSet ? '' : ' and virtual_account_id = -1')}${where}`
  const [from, n] = question.found ? [hits, '1'] : [cells, 'n']
  return {
    id,
    page: asked(page),
    total: asked(
      question.found ? `select count(*) as n from ${hits}` : `select coalesce(sum(n), 0)::bigint as n from ${cells}`,
    ),
    facets: () => grouped(sql, sheet.facets(today), sql`${sql.unsafe(from)}`, n),
  }
}

const reversed = (order: string) =>
  order
    .split(', ')
    .map((part) => (part.endsWith(' desc') ? part.replace(' desc', '') : `${part} desc`))
    .join(', ')
