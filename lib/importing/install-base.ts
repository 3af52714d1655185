import { code, country, date, given, onlyOnce, pid, RowProblem, text } from './rules'
import { byId, type Field, type Row, type RowReader } from './schema'

/** The install base export (“IB”, “Ready”): of its 86 columns those that the product has a place for. */
export const installBaseFields = [
  {
    id: 'serial',
    label: 'Serial Number / PAK number',
    names: ['Serial Number / PAK number', 'Serial Number', 'Serial Number/PAK Number'],
    required: true,
    exact: true,
  },
  { id: 'pid', label: 'Product ID', names: ['Product ID', 'Product Number'], required: true, exact: true },
  { id: 'description', label: 'Product Description', names: ['Product Description'] },
  { id: 'family', label: 'Product Family', names: ['Product Family'] },
  { id: 'assetType', label: 'Asset Type', names: ['Asset Type'], exact: true },
  { id: 'productType', label: 'Product Type', names: ['Product Type'], exact: true },
  {
    id: 'instanceNumber',
    label: 'Instance ID',
    names: ['Instance ID', 'Instance Number'],
    required: true,
    exact: true,
  },
  {
    id: 'parentInstanceNumber',
    label: 'Parent Instance ID',
    names: ['Parent Instance ID', 'Parent Instance Number'],
    exact: true,
  },
  { id: 'lineStatus', label: 'Covered Line Status', names: ['Covered Line Status'] },
  { id: 'coverageStart', label: 'Covered Line Start Date', names: ['Covered Line Start Date'] },
  { id: 'coverageEnd', label: 'Covered Line End Date', names: ['Covered Line End Date'], exact: true },
  { id: 'contractNumber', label: 'Contract Number', names: ['Contract Number'] },
  { id: 'contractType', label: 'Contract Type', names: ['Contract Type', 'Service Brand Code'], exact: true },
  { id: 'defaultLevel', label: 'Default Service Level', names: ['Default Service Level'] },
  { id: 'shipDate', label: 'Ship Date', names: ['Ship Date'], exact: true },
  { id: 'endOfSale', label: 'End of Product Sale Date', names: ['End of Product Sale Date'] },
  { id: 'endOfSwMaintenance', label: 'End of Software Maintenance Date', names: ['End of Software Maintenance Date'] },
  { id: 'lastDateOfSupport', label: 'Last Date of Support', names: ['Last Date of Support'] },
  { id: 'warrantyType', label: 'Warranty Type', names: ['Warranty Type'] },
  { id: 'warrantyEnd', label: 'Warranty End Date', names: ['Warranty End Date'] },
  { id: 'siteName', label: 'Install Site Name', names: ['Install Site Name', 'Site Name'] },
  { id: 'siteId', label: 'Install Site ID', names: ['Install Site ID', 'Site ID', 'ID'], exact: true },
  { id: 'address', label: 'Install Site Address 1', names: ['Install Site Address 1', 'Address 1'] },
  { id: 'city', label: 'Install Site City', names: ['Install Site City', 'City'] },
  { id: 'state', label: 'Install Site State', names: ['Install Site State', 'State'] },
  { id: 'country', label: 'Install Site Country', names: ['Install Site Country', 'Country'] },
  { id: 'postalCode', label: 'Install Site Postal Code', names: ['Install Site Postal Code', 'Postal Code'] },
  { id: 'salesOrderNumber', label: 'Product SO', names: ['Product SO', 'Product Sales Order'] },
  { id: 'customerOrderNumber', label: 'Product PO', names: ['Product PO', 'Product Purchase Order'] },
] as const satisfies readonly Field[]

const fields = byId(installBaseFields)

export const installBaseReader: RowReader = ({ unit }) => {
  const once = onlyOnce('Instance ID', unit)
  return (row, line) => {
    const key = code(row, fields.instanceNumber)
    if (key === undefined) throw new RowProblem('Instance ID is empty.')
    return once(key, line, () => {
      const data = given({ instanceNumber: key, ...deviceOf(row), ...coverageOf(row) })
      if (data['parentInstanceNumber'] === key) throw new RowProblem('Parent Instance ID is its own Instance ID.')
      const product = given({
        description: text(row, fields.description),
        family: text(row, fields.family, 100),
        assetType: assetTypeOf(row),
      })
      return { key, data, about: { product } }
    })
  }
}

const assetTypeOf = (row: Row) =>
  (['hardware', 'software', 'cloud'] as const).find((type) =>
    [row('assetType'), row('productType')].some((value) => value?.toLowerCase() === type),
  )

const deviceOf = (row: Row) => ({
  // In a row of software the number is a PAK, which is a secret: it belongs into no list of devices.
  serialNumber: assetTypeOf(row) === 'software' ? undefined : code(row, fields.serial)?.toUpperCase(),
  pid: pid(row, fields.pid),
  parentInstanceNumber: code(row, fields.parentInstanceNumber),
  siteId: code(row, fields.siteId),
  siteName: text(row, fields.siteName),
  address: text(row, fields.address, 500),
  city: text(row, fields.city),
  state: text(row, fields.state),
  country: country(row, fields.country),
  postalCode: text(row, fields.postalCode),
  warrantyType: code(row, fields.warrantyType)?.toUpperCase(),
  warrantyEnd: date(row, fields.warrantyEnd),
  salesOrderNumber: code(row, fields.salesOrderNumber),
  customerOrderNumber: code(row, fields.customerOrderNumber),
  shipDate: date(row, fields.shipDate),
  endOfSale: date(row, fields.endOfSale),
  endOfSwMaintenance: date(row, fields.endOfSwMaintenance),
  lastDateOfSupport: date(row, fields.lastDateOfSupport),
})

/** A line that was terminated covers nothing. */
function coverageOf(row: Row) {
  const contractNumber = code(row, fields.contractNumber)
  if (contractNumber === undefined || /^terminated$/i.test(row('lineStatus') ?? '')) return {}
  const [coverageStart, coverageEnd] = [date(row, fields.coverageStart), date(row, fields.coverageEnd)]
  if (coverageStart && coverageEnd && coverageEnd < coverageStart)
    throw new RowProblem(`Covered Line End Date ${coverageEnd} is before Covered Line Start Date ${coverageStart}.`)
  const serviceLevel = text(row, fields.contractType) ?? text(row, fields.defaultLevel)
  return { contractNumber, serviceLevel, coverageStart, coverageEnd }
}
