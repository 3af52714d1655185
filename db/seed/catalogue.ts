import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import type { products } from '../schema/products'

export type Product = typeof products.$inferSelect

const FILE = path.join(process.cwd(), 'db/seed/catalogue.csv')

/** The catalogue file, as rows of the products table that have no id yet. `asOf` is when its dates were taken over. */
export function readCatalogue(asOf: Date): Omit<Product, 'id'>[] {
  const rows = parse(readFileSync(FILE), { columns: true, skip_empty_lines: true }) as Record<string, string>[]
  return rows.map((row) => ({
    smartAccountId: null,
    pid: row['pid'] ?? '',
    description: row['description'] ?? '',
    family: row['family'] ?? '',
    architecture: row['architecture'] ?? '',
    assetType: row['asset_type'] as Product['assetType'],
    kind: row['kind'] as Product['kind'],
    announced: row['announced'] || null,
    endOfSale: row['end_of_sale'] || null,
    endOfSwMaintenance: row['end_of_sw_maintenance'] || null,
    endOfSecuritySupport: row['end_of_security_support'] || null,
    endOfContractRenewal: row['end_of_contract_renewal'] || null,
    lastDateOfSupport: row['last_date_of_support'] || null,
    bulletin: row['bulletin'] || null,
    lifecycleSource: row['bulletin'] ? `Bulletin ${row['bulletin']}` : null,
    lifecycleAsOf: row['bulletin'] ? asOf : null,
  }))
}
