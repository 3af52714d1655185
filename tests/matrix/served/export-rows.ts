import { randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { DOMAINS } from '../people'
import { administers, inAccount, more, once, perAccount, type Reader, type Row, variant } from './cells'
import { accountRows, countRows } from './world'

const differs = (found: number, wanted: number) => (found === wanted ? [] : [`rows: ${found}, not ${wanted}`])

const lines = (body: string) => body.split('\n').filter(Boolean).length
/** Rows of a CSV file, and of a workbook's first sheet as one, without their header. */
const records = (csv: string) => (parse(csv, { bom: true, relax_column_count: true }) as string[][]).length - 1
const firstSheet = (csv: string) => records(csv.split('\nSmart Account,')[0] ?? '')

/** As many rows as SQL counts, in each format; that no other's words are among them, every cell is asked for. */
const rowsOf =
  (table: string, where: string, count: (body: string) => number): Reader =>
  (world, domain) =>
  async (body, sight) =>
    differs(count(body), await countRows(world, table, `${accountRows(world, table, sight, domain)} and (${where})`))

/** A table as a file: for everybody who sees the list, of exactly the rows that they see. */
export const exportedTable =
  (tab: string, table: string, search = '', where = 'true'): Row =>
  (world) => {
    const at = (format: string) => `${tab}/export?format=${format}&columns=all${search}`
    return [
      ...perAccount(at('jsonl'), inAccount, rowsOf(table, where, lines))(world),
      ...more(perAccount(at('csv'), inAccount, rowsOf(table, where, records))(world)),
      ...variant(perAccount(at('xlsx'), inAccount, rowsOf(table, where, firstSheet))(world)),
    ]
  }

/** Products, and the contracts or subscriptions themselves, which Smart Account Administrators alone have a list of. */
export const exportedAgreements =
  (tab: 'contracts' | 'subscriptions', table: string): Row =>
  (world) => [
    ...exportedTable(tab, table)(world),
    ...more(perAccount(`${tab}/export?format=jsonl&view=agreements`, administers, rowsOf(tab, 'true', lines))(world)),
  ]

/** The User View as a file: for everybody, of the orders that are opened to them. */
export const exportedUserView: Row = once(
  ...(['jsonl', 'csv', 'xlsx'] as const).map((format) => ({
    name: `shared orders as ${format}`,
    path: `/my/orders/export?format=${format}`,
    sees: () => true,
    read: async (body: string, { orders }: { orders: readonly number[] }) =>
      differs(
        { jsonl: lines, csv: records, xlsx: (csv: string) => records(csv.split('\nTable,')[0] ?? '') }[format](body),
        orders.length,
      ),
  })),
)

/** A file is for whoever has made it; to all others there is none, whatever its id. */
export const noExport: Row = () =>
  DOMAINS.map((domain) => ({
    name: `an export of nobody in ${domain}`,
    inside: domain,
    path: `/accounts/${domain}/exports/${randomUUID()}`,
    missing: `/accounts/${domain}/exports/${randomUUID()}`,
    sees: () => false,
  }))
