import 'server-only'
import type { SQL } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import type { EventType } from '@/lib/changes/events'
import { contractLabels, contractLineFields, contractLineReader } from './ccwr-lines'
import { applyContractLines, CONTRACT_SOURCE, planContractLines } from './ccwr-lines-plan'
import { coverageFields, coverageReader } from './coverage'
import { matchedRows } from './device-match'
import { applyDevices, byInstanceNumber, planDevices } from './device-plan'
import { eoxFields, eoxReader } from './eox'
import { installBaseFields, installBaseReader } from './install-base'
import { DEVICE_SOURCE, deviceFields, deviceLabels, deviceReader } from './lc-devices'
import { licenseFields, licenseLabels, licenseReader } from './licenses'
import { applyLicenses, LICENSE_SOURCE, planLicenses } from './licenses-plan'
import { lifecycleFields, lifecycleLabels, lifecycleReader } from './lifecycle'
import { applyLifecycles, LIFECYCLE_SOURCE, type LifecycleSource, planLifecycles } from './lifecycle-plan'
import { orderSerialFields, orderSerialReader } from './order-serials'
import type { Subject } from './plan-store'
import type { Field, FileKind, FormatId, RowReader, Run } from './schema'
import type { Source } from './trust'

/** How a format is read, planned and applied. The plan is a select as planRows makes it. */
export type Format = {
  file: FileKind
  fields: readonly Field[]
  reader: RowReader
  source: Source
  /** What a row of the file is; its plan may change other things besides. */
  subject: Subject
  event: EventType
  labels: Record<string, string>
  plan: (run: Run) => SQL
  apply: (tx: Writer, run: Run) => Promise<void>
}

const csv = { kind: 'csv' } as const
const json = (list: string) => ({ kind: 'json', list }) as const

/** Devices; `found` says which ones the rows mean, when that is not their instance numbers. */
const devicesFrom = (source: Source, found = byInstanceNumber) => ({
  source,
  subject: 'device' as const,
  event: 'devices.imported' as const,
  labels: deviceLabels,
  plan: (run: Run) => planDevices(run, source, found(run)),
  apply: (tx: Writer, run: Run) => applyDevices(tx, run, source),
})

const lifecyclesFrom = (source: LifecycleSource) => ({
  source,
  subject: 'lifecycle' as const,
  event: 'lifecycles.imported' as const,
  labels: lifecycleLabels,
  plan: (run: Run) => planLifecycles(run, source),
  apply: (tx: Writer, run: Run) => applyLifecycles(tx, run, source),
})

export const formats: Record<FormatId, Format> = {
  'lc-devices': { file: csv, fields: deviceFields, reader: deviceReader, ...devicesFrom(DEVICE_SOURCE) },
  'install-base': {
    file: { kind: 'workbook' },
    fields: installBaseFields,
    reader: installBaseReader,
    ...devicesFrom('Install base'),
  },
  licenses: {
    file: json('licenses'),
    fields: licenseFields,
    reader: licenseReader,
    source: LICENSE_SOURCE,
    subject: 'license',
    event: 'licenses.imported',
    labels: licenseLabels,
    plan: planLicenses,
    apply: applyLicenses,
  },
  'ccwr-lines': {
    file: json('instances'),
    fields: contractLineFields,
    reader: contractLineReader,
    source: CONTRACT_SOURCE,
    subject: 'contract_line',
    event: 'contracts.imported',
    labels: { ...deviceLabels, ...contractLabels },
    plan: planContractLines,
    apply: applyContractLines,
  },
  coverage: {
    file: json('serial_numbers'),
    fields: coverageFields,
    reader: coverageReader,
    ...devicesFrom('Serial number coverage', matchedRows),
  },
  'order-serials': {
    file: { kind: 'json', list: 'serialNumbers', outer: 'salesOrderNumber' },
    fields: orderSerialFields,
    reader: orderSerialReader,
    ...devicesFrom('CCW order serials', matchedRows),
  },
  eox: { file: json('EOXRecord'), fields: eoxFields, reader: eoxReader, ...lifecyclesFrom('EoX') },
  lifecycle: { file: csv, fields: lifecycleFields, reader: lifecycleReader, ...lifecyclesFrom(LIFECYCLE_SOURCE) },
}
