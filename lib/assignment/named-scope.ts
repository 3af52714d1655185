import 'server-only'
import type { SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { devices } from '@/db/schema/devices'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'

/** As `inScope`, of what a statement calls `name`: all tables of assets say alike where a thing is. */
export const inScopeNamed = (viewer: Viewer, name: string): SQL => inScope(viewer, alias(devices, name))
