import { identityOf } from './device-match'
import { code, onlyOnce, RowProblem } from './rules'
import { byId, jsonField, type RowReader, required } from './schema'

/** The serial numbers of a sales order as CCW answers. The answer does not name the order: the question has to be with it. */
export const orderSerialFields = [
  required(jsonField('serial', 'serialNumber')),
  required(jsonField('salesOrderNumber', 'salesOrderNumber')),
]
const fields = byId(orderSerialFields)

export const orderSerialReader: RowReader = ({ unit }) => {
  const once = onlyOnce('The serial number', unit)
  return (row, line) => {
    const device = identityOf(row, { serial: fields.serial })
    const salesOrderNumber = code(row, fields.salesOrderNumber)
    if (!device.serial) throw new RowProblem('serialNumber is empty.')
    if (!salesOrderNumber) throw new RowProblem('It is not known of which order: salesOrderNumber is empty.')
    return once(device.serial, line, () => ({ key: device.serial ?? '', data: { salesOrderNumber }, about: device }))
  }
}
