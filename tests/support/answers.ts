// Answers of the vendor's services, made by hand from their published shapes.

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value, null, 2))
type Values = Record<string, unknown>

const date = (value: string) => ({ value, dateFormat: 'YYYY-MM-DD' })

/** A record of EoX version 5. */
export const eoxRecord = (pid: string, lastDateOfSupport: string, more: Values = {}): Values => ({
  EOLProductID: pid,
  ProductIDDescription: 'A switch',
  ProductBulletinNumber: 'EOL77001',
  LinkToProductBulletinURL: 'https://example.com/bulletin',
  EOXExternalAnnouncementDate: date('2024-01-31'),
  EndOfSaleDate: date('2025-01-31'),
  EndOfSWMaintenanceReleases: date(''),
  EndOfSecurityVulSupportDate: date('2028-01-31'),
  EndOfRoutineFailureAnalysisDate: date(''),
  EndOfServiceContractRenewal: date('2029-01-31'),
  LastDateOfSupport: date(lastDateOfSupport),
  EndOfSvcAttachDate: date(''),
  UpdatedTimeStamp: date('2026-04-01'),
  EOXMigrationDetails: { PIDActiveFlag: 'Y', MigrationProductId: 'C9300X-48HX' },
  EOXInputType: 'ShowEOXByPids',
  EOXInputValue: pid,
  ...more,
})

export const eoxAnswer = (records: readonly Values[]) =>
  bytes({ PaginationResponseRecord: { PageIndex: 1, LastIndex: 1, PageRecords: records.length }, EOXRecord: records })

/** An instance as CCW-R gives it to a search for lines. */
export const contractLine = (more: Values = {}): Values => ({
  serialNumber: 'FOC1',
  parentSerialNumber: null,
  minor: false,
  instanceNumber: '1',
  installedBaseStatus: 'Latest-INSTALLED',
  lastDateOfSupport: null,
  endCustomer: {
    id: '77',
    name: 'Aurora Logistics',
    address: { address1: 'Am Kai 1', city: 'Hamburg', country: 'DE', state: null, postalCode: '20457' },
  },
  serviceSKU: 'CON-SNT-C93004PE',
  serviceLevel: 'SNT',
  serviceDescription: 'SNTC-8X5XNBD Catalyst 9300',
  startDate: '2026-01-01',
  endDate: '2028-12-31',
  contract: {
    number: '299000001',
    lineStatus: 'ACTIVE',
    billToGlobalUltimate: { id: '9', name: 'Cobalt' },
    billTo: { id: '12', name: 'Cobalt Services' },
  },
  macId: null,
  quantity: 1,
  salesOrderNumber: '',
  purchaseOrderNumber: 'PO-1',
  product: { number: 'C9300-48P', description: 'Catalyst 9300 48-port', family: 'C9300', group: 'Switching' },
  warranty: { type: 'WARR-LTD-LIFE-HW', status: 'ACTIVE', endDate: '2099-12-31' },
  shipDate: '2025-12-20',
  ...more,
})

export const contractLinesAnswer = (instances: readonly Values[]) =>
  bytes({ totalRecords: instances.length, instances })

/** A license in a Virtual Account as the Smart Accounts & Licensing API gives it. */
export const licenseRecord = (more: Values = {}): Values => ({
  license: 'C9300 48P DNA Advantage',
  virtualAccount: 'DEFAULT',
  quantity: 200,
  inUse: 20,
  available: 180,
  reserved: 0,
  pendingQuantity: 0,
  status: 'In Compliance',
  billingType: 'PREPAID',
  isPortable: false,
  ahaApps: false,
  licenseSubstitutions: [],
  licenseDetails: [licenseDetail({ quantity: 200 })],
  ...more,
})

export const licenseDetail = (more: Values = {}): Values => ({
  licenseType: 'TERM',
  quantity: 100,
  startDate: '2026-01-01',
  endDate: '2027-12-31T00:00:00Z',
  subscriptionId: 'Sub000001',
  status: 'ACTIVE',
  ...more,
})

export const licensesAnswer = (licenses: readonly Values[]) =>
  bytes({ status: 'COMPLETE', totalRecords: licenses.length, licenses })

/** A serial number as SN2INFO version 2 tells its coverage. */
export const coverageRecord = (serial: string, more: Values = {}): Values => ({
  sr_no: serial,
  parent_sr_no: '',
  is_covered: 'YES',
  service_contract_number: '299000003',
  service_line_descr: 'SMARTNET 8X5XNBD',
  covered_product_line_end_date: '2027-10-31',
  warranty_type: 'WARR-LTD-LIFE-HW',
  warranty_type_description: 'Limited lifetime',
  warranty_end_date: '2099-12-31',
  contract_site_customer_name: 'Aurora Logistics',
  contract_site_address1: 'Am Kai 1',
  contract_site_city: 'Hamburg',
  contract_site_state_province: '',
  contract_site_country: 'DE',
  base_pid_list: [{ base_pid: 'C9300-48P' }],
  orderable_pid_list: [
    { orderable_pid: 'C9300-48P-A', item_description: 'A switch', item_type: 'Chassis', pillar_code: '' },
  ],
  ...more,
})

export const coverageAnswer = (records: readonly Values[]) =>
  bytes({
    pagination_response_record: { last_index: 1, page_index: 1, page_records: records.length },
    serial_numbers: records,
  })

/** A page of the serial numbers of an order, with the question beside the answer. */
export const orderSerials = (salesOrderNumber: string, ...lines: readonly string[][]): Values => ({
  serialNumberRequest: { salesOrderNumber, pageNumber: 1 },
  serialNumberResponse: {
    responseHeader: { totalPages: 1 },
    serialDetails: {
      lines: lines.map((serials) => ({ serialNumbers: serials.map((serialNumber) => ({ serialNumber })) })),
    },
  },
})

export const orderSerialsAnswer = (pages: readonly Values[]) => bytes(pages)
