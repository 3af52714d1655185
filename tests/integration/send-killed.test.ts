import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'
import { connect } from '@/db/client'
import type { Viewer } from '@/lib/access/viewer'
import { childEnvironment } from '@/lib/env'
import { smtpSender } from '@/lib/mail/smtp'
import { sendDue } from '@/lib/mail/worker'
import { sendShare } from '@/lib/sharing/send'
import { serverSecrets } from '@/scripts/own-secrets'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { type MailServer, openMailServer } from '../support/mail-server'
import { ORIGIN } from '../support/server-settings'
import { BARE } from '../support/share-mail'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))
jest.setTimeout(300_000)

const RANDOM_KILLS = 14

let demo: DemoScene
let owner: Sql
let holder: Sql
let mail: MailServer
let worker: ReturnType<typeof connect>
let number: string
let admin: Viewer

beforeAll(async () => {
  demo = await openDemo(200)
  owner = demo.owner
  holder = postgres(demo.database.ownerUrl, { max: 1, onnotice: () => undefined })
  mail = await openMailServer()
  worker = connect(demo.database.appUrl, { max: 2 })
  admin = await viewerOf(owner, 'admin@aurora.example', 'aurora.example')
  const [order] = await owner<{ number: string }[]>`select o.number from orders o
    join smart_accounts a on a.id = o.smart_account_id where a.domain = 'aurora.example' order by o.id limit 1`
  number = order?.number ?? ''
})
afterAll(async () => {
  await (await next)?.kill()
  await worker.end()
  await mail.close()
  await holder.end()
  await closeDemo(demo)
})
beforeEach(async () => {
  await owner`delete from rate_limits`
  mail.received.length = 0
})

type Sender = { child: ChildProcess; recipient: string; key: string; go(): void; kill(): Promise<void> }

let nth = 0
let next: Promise<Sender> | undefined

/** A process that is about to share, once it is told to; the next one starts meanwhile. */
async function sender(): Promise<Sender> {
  const ready = await (next ?? started())
  next = started()
  return ready
}

async function started(): Promise<Sender> {
  nth += 1
  const [recipient, key] = [`killed-${nth}@fjord.example`, crypto.randomUUID()]
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', '--conditions=react-server'],
      ...['tests/support/send-once.ts', demo.database.ownerUrl, number, recipient, key, mail.url],
    ],
    {
      env: childEnvironment({
        ...{ ...serverSecrets(), DATABASE_URL: demo.database.appUrl, NEXTAUTH_URL: ORIGIN },
        ...{ DEMO: '1', DEMO_NOW: '2026-05-06T10:00:00Z' },
      }),
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  await once(child.stdout, 'data')
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { child, recipient, key, go: () => child.stdin?.write('go\n'), kill }
}

async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 15_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It did not happen: ${what}`)
    await sleep(5)
  }
}

/** Whether a connection of the server's role waits for a lock of `holder`. */
const isHeld = async () =>
  (
    await owner`select from pg_stat_activity where datname = current_database()
      and usename = 'license_central_app' and wait_event_type = 'Lock'`
  ).length > 0

/** What the process had begun is over on the side of the database too. */
const isQuiet = async () =>
  (
    await owner`select from pg_stat_activity where datname = current_database()
      and usename = 'license_central_app' and state <> 'idle'`
  ).length === 0

type Left = { shares: number; events: number; keys: number; mails: string[] }

/** What there is of a send. */
async function leftOf({ recipient, key }: Pick<Sender, 'recipient' | 'key'>): Promise<Left> {
  const [row] = await owner<Left[]>`
    select (select count(*)::int from order_shares where email = ${recipient}) as shares,
      (select count(*)::int from change_items i join order_shares s on s.id = i.subject_id and i.subject = 'order_share'
        join events e on e.smart_account_id = i.smart_account_id and e.change_set_id = i.change_set_id and e.type = 'orders.shared'
        where s.email = ${recipient}) as events,
      (select count(*)::int from idempotency_keys where key like ${`%${key}`}) as keys,
      array(select state::text from outbox where recipient = ${recipient}) as mails`
  if (!row) throw new Error('The database said nothing.')
  return row
}
const receivedBy = (recipient: string) => mail.received.filter(({ envelope }) => envelope.to[0] === recipient).length
/** Another process sends what is due, as if the one before had been silent for long enough. */
const drain = async () => {
  const send = smtpSender({ url: mail.url, from: 'no-reply@licenses.test', origin: ORIGIN })
  const options = { client: worker, send, host: 'licenses.test', pauses: [0, 0, 0], leaseSeconds: 0 }
  while ((await sendDue(options)) > 0);
}

/** After a kill: nothing at all, or a grant whose mail goes out once; and the same form sent again has one effect in all. */
async function judge(killed: Sender): Promise<{ was: Left; then: Left }> {
  await until('the database has ended it', isQuiet)
  const was = await leftOf(killed)
  expect([0, 1]).toContain(was.shares)
  expect([was.events, was.keys, was.mails.length]).toEqual([was.shares, was.shares, was.shares])
  await drain()
  expect(receivedBy(killed.recipient)).toBeLessThanOrEqual(was.shares)
  const { shares } = await sendShare(admin, number, [killed.recipient], BARE, killed.key)
  expect(shares).toBe(1)
  await drain()
  const then = await leftOf(killed)
  expect([then.shares, then.events, then.keys, then.mails.length]).toEqual([1, 1, 1, 1])
  return { was, then }
}

/** Points of the transaction, each by what its next step waits for. */
const POINTS = {
  'before its roles are held': `select from role_assignments for update`,
  'before its key is kept': 'lock table idempotency_keys in exclusive mode',
  'before it is counted': 'lock table rate_limits in exclusive mode',
  'before the share': 'lock table order_shares in exclusive mode',
  'before the mail': 'lock table outbox in exclusive mode',
  'before the change set': 'lock table change_sets in exclusive mode',
  'before its items': 'lock table change_items in exclusive mode',
  'before the event': 'lock table events in exclusive mode',
  'before the event is counted': 'lock table event_cube in exclusive mode',
}

test.each(Object.entries(POINTS))('killed %s, a send leaves nothing', async (_, hold) => {
  const killed = await sender()
  await holder.begin(async (tx) => {
    await tx.unsafe(hold)
    killed.go()
    await until('the send waits', isHeld)
    await killed.kill()
  })
  const { was, then } = await judge(killed)
  expect(was.shares).toBe(0)
  expect([then.mails, receivedBy(killed.recipient)]).toEqual([['sent'], 1])
})

test('killed while the mail server listens, before it was handed the mail: another process sends it, once', async () => {
  mail.answers.recipient.push('silence')
  const killed = await sender()
  killed.go()
  await until('the mail server was asked', () => mail.answers.recipient.length === 0)
  await killed.kill()
  const { was, then } = await judge(killed)
  expect([was.shares, was.mails]).toEqual([1, ['sending']])
  expect([then.mails, receivedBy(killed.recipient)]).toEqual([['sent'], 1])
})

test('killed when the mail server has taken the mail and has not said so: it is not sent again', async () => {
  mail.answers.end.push('silence')
  const killed = await sender()
  killed.go()
  await until('the mail server has taken it', () => receivedBy(killed.recipient) === 1)
  await killed.kill()
  const { was, then } = await judge(killed)
  expect(was.shares).toBe(1)
  expect([then.mails, receivedBy(killed.recipient)]).toEqual([['unconfirmed'], 1])
})

test('killed at any moment, it leaves nothing or a grant whose mail goes out once', async () => {
  const whole = await sender()
  const began = performance.now()
  whole.go()
  await once(whole.child, 'exit')
  const usual = performance.now() - began
  expect([await leftOf(whole), receivedBy(whole.recipient)]).toEqual([
    { shares: 1, events: 1, keys: 1, mails: ['sent'] },
    1,
  ])
  const kept: number[] = []
  for (let round = 0; round < RANDOM_KILLS; round++) {
    const killed = await sender()
    killed.go()
    await sleep(Math.random() * usual * 1.1)
    await killed.kill()
    const { was, then } = await judge(killed)
    kept.push(was.shares)
    // What was handed over and never answered may have arrived; whoever sent it is told, and nothing goes out twice.
    const isCertain = then.mails[0] === 'sent'
    expect([then.mails[0], receivedBy(killed.recipient)]).toEqual([
      isCertain ? 'sent' : 'unconfirmed',
      isCertain ? 1 : expect.any(Number),
    ])
    expect(receivedBy(killed.recipient)).toBeLessThanOrEqual(1)
  }
  process.stdout.write(`killed ${RANDOM_KILLS} times: ${kept.filter((n) => n === 1).length} grants were kept\n`)
  expect(await owner`select * from app.broken_events()`).toEqual([])
})
