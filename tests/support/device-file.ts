import type { Sql } from 'postgres'

/** The header of a License Central device export, as its public consumers read it. */
export const DEVICE_HEADER = [
  'Device Name',
  'Product Number',
  'Device Identifier 1 Name',
  'Device Identifier 1 Value',
  'Device Identifier 2 Name',
  'Device Identifier 2 Value',
  'Instance Number',
  'Parent Instance Number',
  'Customer Site ID',
  'Customer Name',
  'Customer Address',
  'Customer City',
  'Customer State',
  'Customer Country',
  'Customer Zip/Postal Code',
  'Warranty Type',
  'Sales Order',
  'Ship Date',
]

type Cells = Record<string, string>

const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** A device export with these rows; a cell that a row does not name is empty. */
export function deviceFile(rows: readonly Cells[], header: readonly string[] = DEVICE_HEADER): Uint8Array {
  const lines = rows.map((row) => header.map((name) => quoted(row[name] ?? '')).join(','))
  return Buffer.from(`${[header.map(quoted).join(','), ...lines].join('\r\n')}\r\n`)
}

/** A new device that nothing is wrong with. */
export const someDevice = (instance: string, cells: Cells = {}): Cells => ({
  'Device Name': `core-${instance}`,
  'Product Number': 'C9300-48P',
  'Device Identifier 1 Name': 'SERIAL NUMBER',
  'Device Identifier 1 Value': `FOC${instance}`,
  'Instance Number': instance,
  'Customer Site ID': '3001',
  'Customer Name': 'Aurora Logistics',
  'Customer City': 'Hamburg',
  'Customer Country': 'Germany',
  'Warranty Type': 'WARR-LTD-LIFE-HW',
  'Sales Order': '',
  'Ship Date': '12-May-20',
  ...cells,
})

/** A digest of every row that belongs to an account (or to none), table by table: equal when nothing at all was written. */
export async function checksum(owner: Sql, domain: string | null, except: readonly string[] = []): Promise<string> {
  const tables = await owner<{ name: string }[]>`
    select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = 'smart_account_id' order by 1`
  const parts: string[] = []
  for (const { name } of tables.filter((table) => !except.includes(table.name))) {
    const [row] = await owner.unsafe(
      `select md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as sum from "${name}" t
       where ($1::text is null and t.smart_account_id is null) or t.smart_account_id = (select id from smart_accounts where domain = $1)`,
      [domain],
    )
    parts.push(`${name} ${row?.['sum']}`)
  }
  return parts.join('\n')
}
