import type postgres from 'postgres'
import type { Options, PostgresType, Sql } from 'postgres'
import { sql } from '@/lib/access/database'
import { giveRoles } from '@/lib/administration/grant'
import { applyPlan } from '@/lib/assignment/apply'
import { draftOfRows } from '@/lib/assignment/draft'
import { undoAssignment } from '@/lib/assignment/undo'
import { addNote } from '@/lib/changes/notes'
import { cancelExport, startExport } from '@/lib/exporting/jobs'
import { applyImport, checkImport } from '@/lib/importing/changes'
import { sendDue } from '@/lib/mail/worker'
import { chosenRows, keepSelection } from '@/lib/resources/chosen-rows'
import { revokeShares } from '@/lib/sharing/revoke'
import { sendShare } from '@/lib/sharing/send'
import { addView } from '@/lib/views/changes'
import { scheduleView } from '@/lib/views/schedules'
import { viewForm } from '@/lib/views/schema'
import { sendDueViews } from '@/lib/views/send-due'
import { askAll, thingsOf } from '../matrix/observe'
import { NOW } from '../matrix/people'
import { openScene, type Scene } from '../matrix/scene'
import { deviceFile, someDevice } from '../support/device-file'
import { type Executed, executedOf, explainAll, unboundTables } from '../support/plans'
import { serveWith } from '../support/server-settings'
import { BARE } from '../support/share-mail'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const executed: Executed[] = []
// The product's connections listen to what the database tells of each statement.
jest.mock('postgres', () => {
  const actual = jest.requireActual<{ default: typeof postgres } & typeof postgres>('postgres')
  const listening = (url: string, options: Options<Record<string, PostgresType>> = {}) =>
    actual(url, {
      ...options,
      onnotice: ({ message }) => {
        const one = executedOf(message)
        if (one) executed.push(one)
      },
    })
  return Object.assign(listening, actual, { default: listening, __esModule: true })
})

let scene: Scene
let owner: Sql
let tenants: Set<string>

beforeAll(async () => {
  serveWith({ DEMO: '1', DEMO_NOW: NOW })
  scene = await openScene(400)
  owner = scene.owner
  await explainAll(owner)
  // As the owner: without row-level security each statement stands alone.
  serveWith({ DATABASE_URL: scene.ownerUrl })
  const rows = await owner<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where c.relkind = 'r' and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'smart_account_id' and a.attnotnull)`
  tenants = new Set(rows.map(({ name }) => name))
}, 120_000)
afterAll(async () => {
  await sql().end()
  await scene.drop()
})

/** What goes beyond one account, and why it must: nobody knows before in which accounts there is something. */
const OF_PERSON = ['role_assignments', 'user_group_members', 'user_group_roles', 'user_groups', 'support_access']
const OF_ADDRESS = ['order_shares', 'order_share_items', 'delivery_contacts', 'orders']
const ACROSS: readonly { tables: string[]; said: RegExp; why: string }[] = [
  {
    tables: [...OF_PERSON, ...OF_ADDRESS, 'virtual_accounts', 'saved_views'],
    said: /^jsonb_build_object\( 'user'/,
    why: 'app.open_session(): the accounts that a person has a role in; what is in the one that the address names',
  },
  {
    tables: OF_PERSON,
    said: /app\.roles_in_force\(person, at\)|FROM support_access WHERE user_id = person/,
    why: 'app.become(): the roles of a person for row-level security',
  },
  {
    tables: OF_ADDRESS,
    said: /FROM order_shares WHERE email = address|^(with way as materialized \( )?select [^;]* from "(order_shares|delivery_contacts)"/,
    why: 'what was shared with an address, in any account: app.become(), the User View, old links',
  },
  {
    tables: ['orders', 'virtual_accounts'],
    said: /^select [^()]* from "(orders|virtual_accounts)" where \(?"(orders|virtual_accounts)"."smart_account_id" in \(/,
    why: 'an old link names an order and no account: it is sought in those of the person, which are named',
  },
  {
    tables: [...OF_ADDRESS, 'order_lines'],
    said: /email = app\.my_email\(\)/,
    why: 'app.my_shares() and the lines of them: what was shared with a person, in any account, for row-level security',
  },
  {
    tables: ['order_shares', 'order_share_items', 'order_lines', 'virtual_accounts'],
    said: /FROM order_shares s WHERE EXISTS \(SELECT FROM virtual_accounts v/,
    why: 'app.my_administered_shares(): of what is all in Virtual Accounts that a person administers, in any account',
  },
  {
    tables: ['user_groups', 'user_group_roles'],
    said: /FROM user_groups g JOIN smart_accounts a ON a\.id = g\.smart_account_id/,
    why: 'app.my_managed_groups(): the groups that a person manages, in any account, for row-level security',
  },
  {
    tables: ['user_group_roles'],
    said: /"user_group_roles"\."smart_account_id" = "user_groups"\."smart_account_id"/,
    why: 'a group is asked for its roles by its account; the plan has a hash of them instead',
  },
  {
    tables: ['virtual_accounts'],
    said: /and a\.type = 'CUSTOMER'/,
    why: 'whom orders are handed over to: the customers that a person assigns in',
  },
  { tables: ['view_schedules'], said: /view_schedules/, why: 'app.due_schedules(): what is due today, in any account' },
  { tables: ['outbox'], said: /outbox/, why: 'app.claim_mail(): the next mail that is due, in any account' },
  {
    tables: ['import_runs'],
    said: /^WITH old AS \(SELECT smart_account_id, id FROM import_runs WHERE started_at </,
    why: 'app.forget_imports(): rows of files are not kept longer than a day, of whichever account',
  },
  {
    tables: ['license_use'],
    said: /FROM license_use u WHERE u\.smart_account_id = n\.smart_account_id/,
    why: 'a trigger asks it beside the rows of its statement, by their account; the plan has a hash of it instead',
  },
]

const unbound = () => {
  const found = new Map<string, string>()
  for (const one of executed) for (const table of unboundTables(one, tenants)) found.set(`${table}: ${one.text}`, table)
  return [...found].map(([text, table]) => ({ table, text: text.slice(table.length + 2) }))
}
const used = new Set<string>()
const isArgued = ({ table, text }: { table: string; text: string }) =>
  ACROSS.some(({ tables, said, why }) => tables.includes(table) && said.test(text) && used.add(why))

test('what is read is of one account, down to what functions of the database ask', async () => {
  const things = await thingsOf(owner)
  executed.length = 0
  for (const email of [
    'admin@aurora.example',
    'va-admin@aurora.example',
    'partner@cobalt.example',
    'support@license-central.example',
  ])
    await askAll(owner, things, email, () => false)
  expect(executed.length).toBeGreaterThan(10_000)
  expect(unbound().filter((one) => !isArgued(one))).toEqual([])
}, 300_000)

test('what is written is of one account, down to what triggers do', async () => {
  const admin = await viewerOf(owner, 'admin@aurora.example', 'aurora.example')
  const place = (name: string) => admin.virtualAccounts.find((one) => one.name === name)?.id ?? 0
  const key = () => crypto.randomUUID()
  executed.length = 0

  const rows = { search: `?va=${place('APJC')}`, all: true, ids: [] }
  const address = await keepSelection(admin, 'devices', 'assign', rows)
  const chosen = await chosenRows(admin, { chosen: new URL(address, 'http://x').searchParams.get('chosen') ?? '' })
  if (!chosen) throw new Error('The selection is gone.')
  const options = { origin: { kind: 'rows' as const }, withLines: true }
  const plan = await draftOfRows(admin, chosen, place('Americas'), new Map(), options)
  await applyPlan(admin, plan)
  const [applied] = await owner<
    { id: number }[]
  >`select change_set_id::int as id from assignment_plans where id = ${plan}`
  await undoAssignment(admin, applied?.id ?? 0, key())

  const role = {
    role: 'va_user' as const,
    virtualAccountId: place('EMEA'),
    includesNested: true,
    lastDay: null,
    purpose: '',
  }
  await giveRoles(admin, ['somebody.new@aurora.example'], role, key())
  const [order] = await owner<{ number: string }[]>`
    select number from orders where smart_account_id = ${admin.account.id} order by id desc limit 1`
  await sendShare(admin, order?.number ?? '', ['guest@fjord.example'], BARE, key())
  const [share] = await owner<{ id: number }[]>`select max(id)::int as id from order_shares`
  await revokeShares(admin, [share?.id ?? 0], key())
  const [event] = await owner<{ seq: number }[]>`
    select max(seq)::int as seq from events where smart_account_id = ${admin.account.id}`
  await addNote(admin, { seq: event?.seq ?? 0, text: 'Seen.', key: key() })

  const state = { resource: 'devices', query: {}, layout: null }
  const { id: view } = await addView(admin, state, viewForm.parse({ name: 'All', shared: '1', default: null }))
  await scheduleView(admin, view, { frequency: 'weekly', recipients: '', skipsEmpty: false })
  await owner`update view_schedules set next_on = '2026-05-06' where view_id = ${view}`
  expect(await sendDueViews()).toBe(1)
  const sent = async (_: unknown, handOver: () => Promise<boolean>) =>
    ({ state: (await handOver()) ? 'sent' : 'failed', problem: '' }) as const
  expect(await sendDue({ client: sql(), send: sent, host: 'mail.example' })).toBeGreaterThan(0)
  const job = { tab: 'devices', search: '', format: 'csv' as const, extent: 'shown' as const }
  await cancelExport(admin, await startExport(admin, job, key()))
  const bytes = deviceFile([someDevice('9001'), someDevice('9002', { 'Parent Instance Number': '9001' })])
  const { runId } = await checkImport(admin, { format: 'lc-devices', fileName: 'devices.csv', bytes })
  await applyImport(admin, runId)

  // Statements of foreign keys and of triggers are among them.
  expect(executed.some(({ text }) => /FOR KEY SHARE/.test(text))).toBe(true)
  expect(executed.some(({ text }) => /INSERT INTO device_cube/i.test(text))).toBe(true)
  expect(unbound().filter((one) => !isArgued(one))).toEqual([])
}, 120_000)

test('nothing is allowed that nothing needs', () => {
  expect(ACROSS.map(({ why }) => why).filter((why) => !used.has(why))).toEqual([])
})

test('a statement that asks all accounts is found', async () => {
  executed.length = 0
  await sql()`select count(*) from devices d join licenses l on l.id = d.id where d.smart_account_id = 1`
  await sql()`select count(*) from devices d join licenses l using (smart_account_id) where d.smart_account_id = 1`
  expect(unbound().map(({ table }) => table)).toEqual(['licenses'])
  executed.length = 0
  await sql()`select count(*) from devices d join licenses l using (smart_account_id)`
  expect(
    unbound()
      .map(({ table }) => table)
      .sort(),
  ).toEqual(['devices', 'licenses'])
})
