import { identityOf } from './device-match'
import { nestedRows } from './json'
import { code, country, date, given, onlyOnce, pid, RowProblem, rowOfRecord, text } from './rules'
import { byId, jsonField, type Row, type RowReader, required } from './schema'

/** Serial numbers of an answer of SN2INFO version 2. */
export const coverageFields = [
  required(jsonField('serial', 'sr_no')),
  required(jsonField('covered', 'is_covered')),
  jsonField('contract', 'service_contract_number'),
  jsonField('level', 'service_line_descr'),
  jsonField('end', 'covered_product_line_end_date'),
  jsonField('warrantyType', 'warranty_type'),
  jsonField('warrantyEnd', 'warranty_end_date'),
  jsonField('siteName', 'contract_site_customer_name'),
  jsonField('address', 'contract_site_address1'),
  jsonField('city', 'contract_site_city'),
  jsonField('state', 'contract_site_state_province'),
  jsonField('country', 'contract_site_country'),
  jsonField('basePids', 'base_pid_list'),
  jsonField('orderablePids', 'orderable_pid_list'),
]
const fields = byId(coverageFields)
const product = jsonField('pid', 'base_pid', 'orderable_pid')

export const coverageReader: RowReader = ({ unit }) => {
  const once = onlyOnce('The serial number', unit)
  return (row, line) => {
    const device = { ...identityOf(row, { serial: fields.serial }), pids: pidsOf(row) }
    if (!device.serial) throw new RowProblem('sr_no is empty.')
    const key = [device.serial, ...device.pids.slice(0, 1)].join(' ')
    return once(key, line, () => ({ key, data: given({ ...coverageOf(row), ...siteOf(row) }), about: device }))
  }
}

/** Under which of its identifiers the account has the product is not known. */
const pidsOf = (row: Row) =>
  [row('basePids'), row('orderablePids')].flatMap((cell) => {
    const records = cell === undefined ? [] : nestedRows(cell)
    if (!records) throw new RowProblem('base_pid_list or orderable_pid_list is not a list of records.')
    return records.flatMap((record) => pid(rowOfRecord(record, [product]), product) ?? [])
  })

/** A device that is not covered may still have had a contract: then its end is told. */
function coverageOf(row: Row) {
  const isCovered = /^(yes|true)$/i.test(row('covered') ?? '')
  if (!(isCovered || /^(no|false)$/i.test(row('covered') ?? '')))
    throw new RowProblem('is_covered is neither YES nor NO.')
  const coverageEnd = date(row, fields.end)
  if (isCovered && !coverageEnd) throw new RowProblem('It is covered, but covered_product_line_end_date is empty.')
  const contract = { contractNumber: code(row, fields.contract), serviceLevel: text(row, fields.level), coverageEnd }
  return {
    ...(coverageEnd && contract),
    warrantyType: code(row, fields.warrantyType)?.toUpperCase(),
    warrantyEnd: date(row, fields.warrantyEnd),
  }
}

const siteOf = (row: Row) => ({
  siteName: text(row, fields.siteName),
  address: text(row, fields.address, 500),
  city: text(row, fields.city),
  state: text(row, fields.state),
  country: country(row, fields.country),
})
