import 'server-only'
import type { Viewer } from '@/lib/access/viewer'
import { type Chosen, chosenValues } from './chosen-values'
import { devices } from './devices'

/** Serial numbers of chosen devices in scope, at most COPY_AT_MOST, in the order of the list when all were chosen. */
export const serialNumbersOf = (viewer: Viewer, chosen: Chosen) =>
  chosenValues(viewer, devices, devices.columns.serial.column, chosen)
