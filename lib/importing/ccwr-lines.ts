import { identityOf } from './device-match'
import { code, date, given, onlyOnce, RowProblem, text } from './rules'
import { byId, jsonField, type Row, type RowReader, required } from './schema'

/** The instances of an answer of CCW-R to a search for lines. */
export const contractLineFields = [
  required(jsonField('serial', 'serialNumber')),
  jsonField('instance', 'instanceNumber'),
  jsonField('pid', 'product.number'),
  required(jsonField('contract', 'contract.number')),
  jsonField('status', 'contract.lineStatus'),
  jsonField('billTo', 'contract.billTo.name', 'contract.billToName', 'contract.billTo'),
  required(jsonField('sku', 'serviceSKU')),
  jsonField('level', 'serviceLevel'),
  required(jsonField('start', 'startDate')),
  required(jsonField('end', 'endDate')),
  jsonField('warrantyType', 'warranty.type'),
  jsonField('warrantyEnd', 'warranty.endDate'),
  jsonField('shipDate', 'shipDate'),
  jsonField('salesOrder', 'salesOrderNumber'),
  jsonField('purchaseOrder', 'purchaseOrderNumber'),
]
const fields = byId(contractLineFields)

/** What the columns of contracts and their lines are called in a preview. */
export const contractLabels: Record<string, string> = {
  number: 'Contract number',
  serviceSku: 'Service SKU',
  serviceLevel: 'Service level',
  billToName: 'Bill to',
  startDate: 'Start',
  endDate: 'End',
}

function term(row: Row): [start: string, end: string] {
  const [start, end] = [date(row, fields.start), date(row, fields.end)]
  if (!(start && end)) throw new RowProblem('startDate or endDate is empty.')
  if (end < start) throw new RowProblem(`endDate ${end} is before startDate ${start}.`)
  return [start, end]
}

/** Reads what a line says of its device; `about` is what it says of the contract. */
export const contractLineReader: RowReader = ({ unit }) => {
  const once = onlyOnce('The line', unit)
  return (row, line) => {
    const device = identityOf(row, fields)
    const number = code(row, fields.contract)
    const sku = code(row, fields.sku)?.toUpperCase()
    const [start, end] = term(row)
    if (!(device.instance || device.serial)) throw new RowProblem('serialNumber and instanceNumber are empty.')
    if (!number) throw new RowProblem('contract.number is empty: the device is on no contract.')
    if (!sku) throw new RowProblem('serviceSKU is empty.')
    if (/^terminated$/i.test(row('status') ?? '')) throw new RowProblem('The line was terminated: it covers nothing.')
    const key = `${number} ${device.instance ?? device.serial} ${sku}`
    return once(key, line, () => ({
      key,
      data: given({
        contractNumber: number,
        serviceLevel: text(row, fields.level) ?? sku,
        coverageStart: start,
        coverageEnd: end,
        warrantyType: code(row, fields.warrantyType)?.toUpperCase(),
        warrantyEnd: date(row, fields.warrantyEnd),
        shipDate: date(row, fields.shipDate),
        salesOrderNumber: code(row, fields.salesOrder),
        customerOrderNumber: code(row, fields.purchaseOrder),
      }),
      about: { ...device, ...given({ sku, billTo: text(row, fields.billTo) }) },
    }))
  }
}
