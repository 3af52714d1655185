import { code, country, date, given, onlyOnce, pid, RowProblem, text } from './rules'
import { byId, type Field, type Row, type RowReader } from './schema'

export const DEVICE_SOURCE = 'License Central export'

/** The device export of License Central. A file without the columns that are required here is another one. */
export const deviceFields = [
  { id: 'name', label: 'Device Name', names: ['Device Name', 'Host Name', 'Hostname'] },
  { id: 'pid', label: 'Product Number', names: ['Product Number', 'Product ID', 'PID'] },
  { id: 'identifier1Name', label: 'Device Identifier 1 Name', names: ['Device Identifier 1 Name'] },
  { id: 'identifier1', label: 'Device Identifier 1 Value', names: ['Device Identifier 1 Value'], required: true },
  { id: 'identifier2Name', label: 'Device Identifier 2 Name', names: ['Device Identifier 2 Name'] },
  { id: 'identifier2', label: 'Device Identifier 2 Value', names: ['Device Identifier 2 Value'] },
  { id: 'identifier3Name', label: 'Device Identifier 3 Name', names: ['Device Identifier 3 Name'] },
  { id: 'identifier3', label: 'Device Identifier 3 Value', names: ['Device Identifier 3 Value'] },
  { id: 'identifier4Name', label: 'Device Identifier 4 Name', names: ['Device Identifier 4 Name'] },
  { id: 'identifier4', label: 'Device Identifier 4 Value', names: ['Device Identifier 4 Value'] },
  { id: 'identifier5Name', label: 'Device Identifier 5 Name', names: ['Device Identifier 5 Name'] },
  { id: 'identifier5', label: 'Device Identifier 5 Value', names: ['Device Identifier 5 Value'] },
  { id: 'instanceNumber', label: 'Instance Number', names: ['Instance Number', 'Instance ID'], required: true },
  {
    id: 'parentInstanceNumber',
    label: 'Parent Instance Number',
    names: ['Parent Instance Number', 'Parent Instance ID'],
  },
  { id: 'siteId', label: 'Customer Site ID', names: ['Customer Site ID', 'Site ID'], required: true },
  { id: 'siteName', label: 'Customer Name', names: ['Customer Name', 'Site Name'] },
  { id: 'address', label: 'Customer Address', names: ['Customer Address', 'Site Address'] },
  { id: 'city', label: 'Customer City', names: ['Customer City', 'Site City', 'City'] },
  { id: 'state', label: 'Customer State', names: ['Customer State', 'State'] },
  { id: 'province', label: 'Customer Province', names: ['Customer Province', 'Province'] },
  { id: 'country', label: 'Customer Country', names: ['Customer Country', 'Site Country', 'Country'] },
  {
    id: 'postalCode',
    label: 'Customer Zip/Postal Code',
    names: ['Customer Zip/Postal Code', 'Customer Zip', 'Customer Postal Code', 'Postal Code'],
  },
  { id: 'warrantyType', label: 'Warranty Type', names: ['Warranty Type'], required: true },
  { id: 'warrantyEnd', label: 'Warranty End Date', names: ['Warranty End Date'] },
  { id: 'salesOrderNumber', label: 'Sales Order', names: ['Sales Order', 'Sales Order Number'], required: true },
  { id: 'customerOrderNumber', label: 'Customer Order Number', names: ['Customer Order Number', 'Purchase Order'] },
  { id: 'shipDate', label: 'Ship Date', names: ['Ship Date'], required: true },
  { id: 'softwareVersion', label: 'Software Version', names: ['Software Version'] },
  { id: 'description', label: 'Product Description', names: ['Product Description'] },
  { id: 'family', label: 'Product Family', names: ['Product Family'] },
  { id: 'assetType', label: 'Asset Type', names: ['Asset Type'], exact: true },
  { id: 'virtualAccount', label: 'Virtual Account', names: ['Virtual Account', 'Virtual Account Name'], exact: true },
  { id: 'asOf', label: 'As of', names: ['As of', 'As of Date', 'Snapshot Date', 'Report Date'], exact: true },
] as const satisfies readonly Field[]

const fields = byId(deviceFields)

/** What the columns of a device are called in a preview. */
export const deviceLabels: Record<string, string> = {
  ...Object.fromEntries(deviceFields.map(({ id, label }) => [id, label])),
  serialNumber: 'Serial number',
  identifiers: 'Other identifiers',
  architecture: 'Architecture',
  virtualAccountId: 'Virtual Account',
  orderLineId: 'Order line',
  contractNumber: 'Contract number',
  serviceLevel: 'Service level',
  coverageStart: 'Coverage start',
  coverageEnd: 'Coverage end',
  endOfSale: 'End of sale',
  endOfSwMaintenance: 'End of software maintenance',
  endOfSecuritySupport: 'End of security support',
  endOfContractRenewal: 'End of contract renewal',
  lastDateOfSupport: 'Last date of support',
}

/** Reads the rows of one file. What the catalogue may not know of a product is taken from its first row. */
export const deviceReader: RowReader = ({ unit }) => {
  const once = onlyOnce('Instance Number', unit)
  const products = new Map<string, Record<string, string>>()
  return (row, line) => {
    const key = code(row, fields.instanceNumber)
    if (key === undefined) throw new RowProblem('Instance Number is empty.')
    return once(key, line, () => {
      const data = { instanceNumber: key, ...identifiersOf(row), ...columnsOf(row) }
      if (data.parentInstanceNumber === key) throw new RowProblem('Parent Instance Number is its own Instance Number.')
      const about = { ...aboutOf(row), ...(data.pid && { product: productOf(row, data.pid, products) }) }
      return { key, data: given(data), about: given(about) }
    })
  }
}

const columnsOf = (row: Row) => ({
  name: text(row, fields.name),
  pid: pid(row, fields.pid),
  parentInstanceNumber: code(row, fields.parentInstanceNumber),
  siteId: code(row, fields.siteId),
  siteName: text(row, fields.siteName),
  address: text(row, fields.address, 500),
  city: text(row, fields.city),
  state: text(row, fields.state) ?? text(row, fields.province),
  country: country(row, fields.country),
  postalCode: text(row, fields.postalCode),
  warrantyType: code(row, fields.warrantyType)?.toUpperCase(),
  warrantyEnd: date(row, fields.warrantyEnd),
  salesOrderNumber: code(row, fields.salesOrderNumber),
  customerOrderNumber: code(row, fields.customerOrderNumber),
  shipDate: date(row, fields.shipDate),
  softwareVersion: text(row, fields.softwareVersion),
})

const aboutOf = (row: Row) => ({ virtualAccount: text(row, fields.virtualAccount), asOf: date(row, fields.asOf) })

/** The serial number, by its name or else the first one without a name; the rest beside it. */
function identifiersOf(row: Row) {
  const pairs = ([1, 2, 3, 4, 5] as const).flatMap((number) => {
    const value = code(row, fields[`identifier${number}`])
    return value === undefined ? [] : [{ name: text(row, fields[`identifier${number}Name`], 60) ?? '', value, number }]
  })
  const serial =
    pairs.find(({ name }) => /^(serial|sn\b|s\/n)/i.test(name)) ??
    pairs.find(({ name, number }) => name === '' && number === 1)
  const others = pairs
    .filter((pair) => pair !== serial)
    .map(({ name, value, number }) => ({ name: name || `Identifier ${number}`, value }))
  return { serialNumber: serial?.value.toUpperCase(), identifiers: others.length > 0 ? others : undefined }
}

function productOf(row: Row, product: string, known: Map<string, Record<string, string>>): Record<string, string> {
  const first = known.get(product)
  if (first) return first
  const assetType = row('assetType')?.toLowerCase()
  const kind = assetType && (['hardware', 'software', 'cloud'] as const).find((type) => type === assetType)
  const made = given({
    description: text(row, fields.description),
    family: text(row, fields.family, 100),
    assetType: kind || undefined,
  })
  known.set(product, made)
  return made
}
