import { code, date, given, onlyOnce, pid, RowProblem, text } from './rules'
import { byId, type Field, type RowReader } from './schema'

/** Dates of products by PID, as bulletins announce them. */
export const lifecycleFields = [
  { id: 'pid', label: 'pid', names: ['pid', 'product id', 'product number'], required: true },
  { id: 'category', label: 'category', names: ['category'] },
  { id: 'series', label: 'series', names: ['series'] },
  { id: 'bulletin', label: 'bulletin', names: ['bulletin', 'bulletin number'] },
  { id: 'announced', label: 'announced', names: ['announced', 'announcement date'] },
  { id: 'endOfSale', label: 'end_of_sale', names: ['end_of_sale', 'end of sale date'] },
  {
    id: 'endOfSwMaintenance',
    label: 'end_of_sw_maintenance',
    names: ['end_of_sw_maintenance', 'end of software maintenance'],
  },
  { id: 'endOfSecuritySupport', label: 'end_of_security_support', names: ['end_of_security_support'] },
  { id: 'endOfContractRenewal', label: 'end_of_contract_renewal', names: ['end_of_contract_renewal'] },
  { id: 'lastDateOfSupport', label: 'last_date_of_support', names: ['last_date_of_support', 'ldos'], required: true },
] as const satisfies readonly Field[]

const fields = byId(lifecycleFields)

export const lifecycleLabels: Record<string, string> = {
  pid: 'Product ID',
  category: 'Category',
  series: 'Series',
  bulletin: 'Bulletin',
  announced: 'Announced',
  endOfSale: 'End of sale',
  endOfSwMaintenance: 'End of software maintenance',
  endOfSecuritySupport: 'End of security support',
  endOfContractRenewal: 'End of contract renewal',
  lastDateOfSupport: 'Last date of support',
}

export const lifecycleReader: RowReader = ({ unit }) => {
  const once = onlyOnce('The pid', unit)
  return (row, line) => {
    const key = pid(row, fields.pid)
    if (key === undefined) throw new RowProblem('pid is empty.')
    const values = () => ({
      pid: key,
      category: text(row, fields.category),
      series: text(row, fields.series),
      bulletin: code(row, fields.bulletin),
      announced: date(row, fields.announced),
      endOfSale: date(row, fields.endOfSale),
      endOfSwMaintenance: date(row, fields.endOfSwMaintenance),
      endOfSecuritySupport: date(row, fields.endOfSecuritySupport),
      endOfContractRenewal: date(row, fields.endOfContractRenewal),
      lastDateOfSupport: date(row, fields.lastDateOfSupport),
    })
    return { key, data: given(once(key, line, values)) }
  }
}
