import 'server-only'
import type { SQL } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import type { EventType } from '@/lib/changes/events'
import { deviceFields, deviceLabels, deviceReader } from './lc-devices'
import { applyDevices, planDevices } from './lc-devices-plan'
import { lifecycleFields, lifecycleLabels, lifecycleReader } from './lifecycle'
import { applyLifecycles, planLifecycles } from './lifecycle-plan'
import type { Field, FormatId, RowReader, Run } from './schema'

/** How a format is read, planned and applied. The plan is a select of (line, key, action, subject, subject_id, problem, before, after). */
export type Format = {
  fields: readonly Field[]
  reader: RowReader
  /** What a row of the file is; its plan may change other things besides. */
  subject: 'device' | 'lifecycle'
  event: EventType
  labels: Record<string, string>
  plan: (run: Run) => SQL
  apply: (tx: Writer, run: Run) => Promise<void>
}

export const formats: Record<FormatId, Format> = {
  'lc-devices': {
    fields: deviceFields,
    reader: deviceReader,
    subject: 'device',
    event: 'devices.imported',
    labels: deviceLabels,
    plan: planDevices,
    apply: applyDevices,
  },
  lifecycle: {
    fields: lifecycleFields,
    reader: lifecycleReader,
    subject: 'lifecycle',
    event: 'lifecycles.imported',
    labels: lifecycleLabels,
    plan: planLifecycles,
    apply: applyLifecycles,
  },
}
