/** Carries out a plan of a person and ends: the process that scripts/reliability/kill-assignment.ts kills. */
import postgres from 'postgres'
import { applyPlan } from '@/lib/assignment/apply'
import { viewerAs } from '@/scripts/bench/viewers'

const [ownerUrl = '', email = '', plan = ''] = process.argv.slice(2)
const owner = postgres(ownerUrl, { max: 1 })
const viewer = await viewerAs(owner, email)
process.stdout.write('ready\n')
await applyPlan(viewer, Number(plan))
process.stdout.write('done\n')
process.exit(0)
