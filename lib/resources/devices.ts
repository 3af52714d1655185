import 'server-only'
import { devices as d } from '@/db/schema/devices'
import { assetTypes, coverageStatuses, licenseStates } from '@/db/schema/enums'
import { deviceCoverage, deviceCube, deviceKinds, deviceProducts as dp } from '@/db/schema/rollups'
import type { Column, Resource } from '@/lib/table/resource'
import { assignmentMetrics, editAssignment } from './assignment'
import { searchDevices } from './device-search'
import { countryWords, placeWords } from './known-words'

/** Devices that are alike in what follows from the product stand together by product. */
const byProduct = { name: 'product', column: d.productId } as const

const columns = {
  name: { label: 'Host name', kind: 'text', column: d.name },
  serial: { label: 'Serial number', kind: 'code', column: d.serialNumber, filter: 'exact' },
  pid: { label: 'Product ID', kind: 'code', column: d.pid, filter: 'exact', tie: byProduct },
  description: { label: 'Description', kind: 'text', column: d.description, hidden: true },
  va: {
    label: 'Virtual Account',
    kind: 'text',
    column: d.virtualAccountId,
    filter: 'facet',
    ...placeWords,
  },
  type: {
    label: 'Type',
    kind: 'text',
    column: d.assetType,
    tie: byProduct,
    filter: 'facet',
    values: assetTypes,
    words: { hardware: 'Hardware', software: 'Software', cloud: 'Cloud' },
  },
  architecture: {
    label: 'Architecture',
    kind: 'text',
    column: d.architecture,
    filter: 'facet',
    tie: byProduct,
    hidden: true,
  },
  family: { label: 'Product family', kind: 'text', column: d.family, filter: 'facet', tie: byProduct, hidden: true },
  coverage: {
    label: 'Coverage Status',
    kind: 'status',
    column: d.coverageStatus,
    filter: 'facet',
    values: coverageStatuses,
    words: { covered: 'Covered', lapsed: 'Lapsed', never: 'Never covered', not_eligible: 'Not eligible' },
    tones: { covered: 'good', lapsed: 'bad', never: 'warn', not_eligible: 'neutral' },
  },
  licenses: {
    label: 'License sufficiency',
    kind: 'status',
    column: d.licenseState,
    filter: 'facet',
    values: licenseStates,
    words: { sufficient: 'Licenses sufficient', insufficient: 'License insufficient', none: 'Uses no license' },
    tones: { sufficient: 'good', insufficient: 'bad', none: 'neutral' },
    unsorted: true,
    hidden: true,
  },
  coverageStart: { label: 'Coverage start', kind: 'date', column: d.coverageStart, filter: 'range', hidden: true },
  coverageEnd: { label: 'Coverage end', kind: 'date', column: d.coverageEnd, filter: 'range' },
  contract: { label: 'Contract', kind: 'code', column: d.contractNumber, filter: 'exact' },
  serviceLevel: { label: 'Service level', kind: 'text', column: d.serviceLevel, hidden: true },
  warranty: { label: 'Warranty type', kind: 'code', column: d.warrantyType, hidden: true },
  warrantyEnd: { label: 'Warranty end', kind: 'date', column: d.warrantyEnd, filter: 'range', hidden: true },
  ldos: { label: 'Last date of support', kind: 'date', column: d.lastDateOfSupport, filter: 'range', tie: byProduct },
  endOfSale: { label: 'End of sale', kind: 'date', column: d.endOfSale, filter: 'range', hidden: true },
  endOfSwMaintenance: {
    label: 'End of software maintenance',
    kind: 'date',
    column: d.endOfSwMaintenance,
    filter: 'range',
    hidden: true,
  },
  endOfSecuritySupport: {
    label: 'End of security support',
    kind: 'date',
    column: d.endOfSecuritySupport,
    filter: 'range',
    hidden: true,
  },
  endOfContractRenewal: {
    label: 'End of contract renewal',
    kind: 'date',
    column: d.endOfContractRenewal,
    filter: 'range',
    hidden: true,
  },
  country: {
    label: 'Country',
    kind: 'text',
    column: d.country,
    filter: 'facet',
    ...countryWords,
  },
  site: { label: 'Site', kind: 'text', column: d.siteName, hidden: true },
  city: { label: 'City', kind: 'text', column: d.city, hidden: true },
  softwareVersion: { label: 'Software version', kind: 'code', column: d.softwareVersion, hidden: true },
  instance: { label: 'Instance number', kind: 'code', column: d.instanceNumber, hidden: true },
  parent: { label: 'Parent instance', kind: 'code', column: d.parentInstanceNumber, filter: 'exact', hidden: true },
  order: { label: 'Sales order', kind: 'code', column: d.salesOrderNumber, filter: 'exact', hidden: true },
  customerOrder: {
    label: 'Customer order',
    kind: 'code',
    column: d.customerOrderNumber,
    filter: 'exact',
    hidden: true,
  },
  shipped: { label: 'Shipped', kind: 'date', column: d.shipDate, filter: 'range', hidden: true },
  asOf: { label: 'As of', kind: 'instant', column: d.asOf, hidden: true },
} as const satisfies Record<string, Column>

/** Days from today; a product is supported on its last date. */
const support = {
  label: 'Support status',
  of: 'ldos',
  bands: {
    passed: { label: 'Past last date of support', to: -1, tone: 'bad' },
    year: { label: 'Ends within 12 months', from: 0, to: 365, tone: 'warn' },
    later: { label: 'Ends later', from: 366, tone: 'good' },
    unknown: { label: 'No date announced', none: true, tone: 'neutral' },
  },
} as const

export const devices = {
  name: 'devices',
  noun: { one: 'device', many: 'devices' },
  table: d,
  id: d.id,
  tenant: d.smartAccountId,
  virtualAccount: d.virtualAccountId,
  columns,
  bands: { support },
  promoted: ['coverage', 'support', 'type'],
  defaultSort: 'ldos',
  heldUnder: [
    { under: ['va'], by: 'ldos' },
    { under: ['va', 'architecture', 'coverage'], by: 'ldos' },
  ],
  rollups: [
    {
      table: deviceKinds,
      n: deviceKinds.n,
      dims: { account: deviceKinds.smartAccountId, va: deviceKinds.virtualAccountId, type: deviceKinds.assetType },
    },
    {
      table: deviceCoverage,
      n: deviceCoverage.n,
      dims: {
        account: deviceCoverage.smartAccountId,
        va: deviceCoverage.virtualAccountId,
        architecture: deviceCoverage.architecture,
        country: deviceCoverage.country,
        coverage: deviceCoverage.coverageStatus,
        licenses: deviceCoverage.licenseState,
      },
    },
    {
      table: dp,
      n: dp.n,
      dims: {
        account: dp.smartAccountId,
        va: dp.virtualAccountId,
        product: dp.productId,
        pid: dp.pid,
        architecture: dp.architecture,
        family: dp.family,
        type: dp.assetType,
        ldos: dp.lastDateOfSupport,
      },
    },
    {
      table: deviceCube,
      n: deviceCube.n,
      dims: {
        account: deviceCube.smartAccountId,
        va: deviceCube.virtualAccountId,
        architecture: deviceCube.architecture,
        family: deviceCube.family,
        country: deviceCube.country,
        type: deviceCube.assetType,
        coverage: deviceCube.coverageStatus,
        licenses: deviceCube.licenseState,
        ldos: deviceCube.lastDateOfSupport,
      },
    },
  ],
  search: searchDevices,
  searchHint: 'Serial number, host name, product, contract or order',
  metrics: {
    total: {
      label: 'Total devices',
      params: {},
      explain: 'All hardware, software and cloud assets that you can see in this Smart Account, each counted once.',
    },
    pastSupport: {
      label: 'Past last date of support',
      params: { support: ['passed'] },
      explain:
        'Devices whose last date of support lies before today. A device is supported on the date itself; devices without an announced date are not counted.',
    },
    eligible: {
      label: 'Eligible for coverage',
      params: { coverage: ['covered', 'lapsed', 'never'] },
      explain:
        'Devices that a service contract can cover: hardware, and software or cloud assets that have had a contract.',
    },
    covered: {
      label: 'Covered',
      params: { coverage: ['covered'] },
      explain: 'Devices with a service contract in force today. A device on two contracts counts once.',
    },
    uncovered: {
      label: 'Uncovered',
      params: { coverage: ['lapsed', 'never'] },
      explain: 'Eligible devices whose contract has ended, or that never had one.',
    },
    notEligible: {
      label: 'Not eligible',
      params: { coverage: ['not_eligible'] },
      explain:
        'Software and cloud assets that no service contract covers; they are left out of the share of covered devices.',
    },
    hardware: { label: 'Hardware', params: { type: ['hardware'] }, explain: 'Devices that are hardware.' },
    software: {
      label: 'Software',
      params: { type: ['software'] },
      explain: 'Devices that are software, such as virtual appliances.',
    },
    cloud: { label: 'Cloud', params: { type: ['cloud'] }, explain: 'Devices that are cloud services.' },
    insufficient: {
      label: 'License insufficient',
      params: { licenses: ['insufficient'] },
      explain:
        'Devices that use a license of which more is in use or reserved than is owned in their Virtual Account today: too few were bought, or the term has ended.',
    },
    ...assignmentMetrics('Devices'),
  },
  actions: { assign: editAssignment },
} as const satisfies Resource
