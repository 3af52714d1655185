import { code, date, dateOf, given, onlyOnce, pid, RowProblem, text } from './rules'
import { byId, jsonField, type RowReader, required } from './schema'

/** A date of the EoX API is `{value, dateFormat}`. */
const dated = <Id extends string>(id: Id, name: string) => ({ ...jsonField(id, `${name}.value`, name), label: name })

/** The records of an answer of EoX version 5, by product, serial number, release or date. */
export const eoxFields = [
  required(jsonField('pid', 'EOLProductID')),
  jsonField('bulletin', 'ProductBulletinNumber'),
  dated('announced', 'EOXExternalAnnouncementDate'),
  dated('endOfSale', 'EndOfSaleDate'),
  dated('endOfSwMaintenance', 'EndOfSWMaintenanceReleases'),
  dated('endOfSecuritySupport', 'EndOfSecurityVulSupportDate'),
  dated('endOfContractRenewal', 'EndOfServiceContractRenewal'),
  dated('lastDateOfSupport', 'LastDateOfSupport'),
  dated('updated', 'UpdatedTimeStamp'),
  jsonField('asked', 'EOXInputValue'),
  jsonField('error', 'EOXError.ErrorDescription', 'EOXError.ErrorID', 'EOXError'),
]
const fields = byId(eoxFields)

export const eoxReader: RowReader = ({ unit }) => {
  const once = onlyOnce('EOLProductID', unit)
  return (row, line) => {
    const key = pid(row, fields.pid)
    const asked = text(row, fields.asked, 100)
    if (key === undefined)
      throw new RowProblem(row('error') ?? `There is no EOLProductID${asked ? ` for ${asked}` : ''}.`)
    const values = () => ({
      pid: key,
      bulletin: code(row, fields.bulletin),
      announced: date(row, fields.announced),
      endOfSale: date(row, fields.endOfSale),
      endOfSwMaintenance: date(row, fields.endOfSwMaintenance),
      endOfSecuritySupport: date(row, fields.endOfSecuritySupport),
      endOfContractRenewal: date(row, fields.endOfContractRenewal),
      lastDateOfSupport: date(row, fields.lastDateOfSupport),
    })
    const data = given(once(key, line, values))
    return { key, data, about: given({ asOf: dateOf(row('updated') ?? '') ?? undefined }) }
  }
}
