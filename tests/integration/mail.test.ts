import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'
import { connect } from '@/db/client'
import { smtpSender } from '@/lib/mail/smtp'
import { sendDue, type WorkerOptions } from '@/lib/mail/worker'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { type MailServer, openMailServer } from '../support/mail-server'
import { ORIGIN } from '../support/server-settings'

let database: TestDatabase
let owner: Sql
let mail: MailServer
const clients: ReturnType<typeof connect>[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  owner = postgres(database.ownerUrl, { max: 2 })
  mail = await openMailServer()
}, 60_000)
beforeEach(async () => {
  await owner`delete from outbox`
  mail.received.length = 0
  mail.slowness.ms = 0
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()))
  await mail.close()
  await owner.end()
  await database.drop()
})

/** A worker with connections of its own, as another process would have. */
function worker(options: Partial<WorkerOptions> = {}): WorkerOptions {
  const client = connect(database.appUrl, { max: 3 })
  clients.push(client)
  const send = smtpSender({ url: mail.url, from: 'License Central <no-reply@licenses.test>', origin: ORIGIN })
  return { client, send, host: 'licenses.test', pauses: [0, 0, 0], ...options }
}

const letter = (subject: string) => ({
  subject,
  parts: [
    { text: 'Order <1> & "more"' },
    { facts: [['Order', '93811']] },
    { link: '/shared/abc', label: 'Open what was shared' },
    { code: '482 913' },
  ],
})

const queue = (to: string, subject = 'Order 93811') =>
  owner`insert into outbox (smart_account_id, kind, recipient, payload, about, about_id)
    values (1, 'order-share', ${to}, ${owner.json(letter(subject) as never)}, 'order_share', 7)`

const rows = () =>
  owner<{ state: string; attempts: number; problem: string; payload: unknown; due: boolean }[]>`
    select state, attempts, problem, payload, next_attempt_at <= clock_timestamp() as due from outbox order by id`

test('a mail goes out as plain text and HTML, with links of the configured origin, and is not kept', async () => {
  await queue('ann@person.test')
  expect(await sendDue(worker())).toBe(1)
  const [got] = mail.received
  expect(mail.received).toHaveLength(1)
  expect(got?.envelope).toEqual({ from: 'no-reply@licenses.test', to: ['ann@person.test'] })
  expect(got?.subject).toBe('Order 93811')
  expect(got?.text).toContain(`Open what was shared:\n${ORIGIN}/shared/abc`)
  expect(got?.text).toContain('482 913')
  expect(got?.html).toContain(`href="${ORIGIN}/shared/abc"`)
  expect(got?.html).toContain('Order &lt;1&gt; &amp; &quot;more&quot;')
  expect(got?.headers.get('auto-submitted')).toBe('auto-generated')
  expect(await rows()).toEqual([{ state: 'sent', attempts: 1, problem: '', payload: {}, due: true }])
  expect(await sendDue(worker())).toBe(0)
})

test('a subject with a line break makes no header', async () => {
  await queue('ann@person.test', 'Order\r\nBcc: eve@person.test')
  await sendDue(worker())
  expect(mail.received[0]?.envelope.to).toEqual(['ann@person.test'])
  expect(mail.received[0]?.headers.has('bcc')).toBe(false)
})

test.each(['recipient', 'end'] as const)(
  'what is refused for now at its %s is sent later, with the same id',
  async (at) => {
    await queue('ann@person.test')
    mail.answers[at].push({ code: 451, text: 'try again' })
    const one = worker()
    await sendDue(one)
    expect(mail.received).toHaveLength(0)
    expect(await rows()).toMatchObject([
      { state: 'waiting', attempts: 1, problem: expect.stringContaining('try again') },
    ])
    await sendDue(one)
    expect(mail.received).toHaveLength(1)
    expect(mail.received[0]?.messageId).toMatch(/^<1\.\d+\.\d+@licenses\.test>$/)
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2, problem: '' }])
  },
)

test('the next attempt waits, and after the last one the mail has failed', async () => {
  await queue('ann@person.test')
  mail.answers.recipient.push({ code: 450, text: 'full' }, { code: 450, text: 'still full' })
  await sendDue(worker({ pauses: [5] }))
  expect(await rows()).toMatchObject([{ state: 'waiting', due: false }])
  expect(await sendDue(worker({ pauses: [5] }))).toBe(0)
  await owner`update outbox set next_attempt_at = now()`
  await sendDue(worker({ pauses: [5] }))
  expect(await rows()).toMatchObject([{ state: 'failed', attempts: 2, payload: {} }])
})

test.each(['recipient', 'end'] as const)('what is refused for good at its %s has failed, and says why', async (at) => {
  await queue('ann@person.test')
  mail.answers[at].push({ code: 550, text: 'no such mailbox' })
  await sendDue(worker())
  expect(await rows()).toMatchObject([
    { state: 'failed', attempts: 1, problem: expect.stringContaining('no such mailbox') },
  ])
  expect(await sendDue(worker())).toBe(0)
  expect(mail.received).toHaveLength(0)
})

test('a mail server that is away costs no mail', async () => {
  await queue('ann@person.test')
  const nowhere = smtpSender({ url: 'smtp://127.0.0.1:1', from: 'no-reply@licenses.test', origin: ORIGIN })
  await sendDue(worker({ send: nowhere }))
  expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 1 }])
  await sendDue(worker())
  expect(mail.received).toHaveLength(1)
})

test('six workers send thirty mails once each', async () => {
  for (let index = 0; index < 30; index++) await queue(`person${index}@person.test`)
  mail.slowness.ms = 20
  const workers = Array.from({ length: 6 }, () => worker())
  const drain = async (one: WorkerOptions) => {
    while ((await sendDue(one)) > 0);
  }
  await Promise.all(workers.map(drain))
  const recipients = mail.received.map(({ envelope }) => envelope.to[0]).sort()
  expect(recipients).toHaveLength(30)
  expect(new Set(recipients).size).toBe(30)
  expect((await rows()).every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true)
})

test('a worker that was thought dead sends nothing of what another one has taken up', async () => {
  await queue('ann@person.test')
  const send = smtpSender({ url: mail.url, from: 'no-reply@licenses.test', origin: ORIGIN })
  let takeOver = (): void => undefined
  const taken = new Promise<void>((go) => {
    takeOver = go
  })
  const slow = worker({
    leaseSeconds: 0,
    send: async (outgoing, handOver) => {
      await taken
      return send(outgoing, handOver)
    },
  })
  const first = sendDue(slow)
  for (let tries = 0; tries < 500 && (await rows())[0]?.state !== 'sending'; tries++) await sleep(10)
  await sendDue(worker({ leaseSeconds: 0 }))
  takeOver()
  await first
  expect(mail.received).toHaveLength(1)
  expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2 }])
})

test('what was handed over and never answered is not sent again, and says so', async () => {
  await queue('ann@person.test')
  // As a worker leaves it that is killed after the last line went out.
  await owner`update outbox set state = 'sending', claim = gen_random_uuid(), claimed_at = now() - interval '1 hour', handed_at = now()`
  expect(await sendDue(worker())).toBe(0)
  expect(await rows()).toMatchObject([{ state: 'unconfirmed', payload: {} }])
  expect(mail.received).toHaveLength(0)
})

test('what is of no use any more is not sent', async () => {
  await queue('ann@person.test')
  await owner`update outbox set useful_until = now() - interval '1 second'`
  expect(await sendDue(worker())).toBe(0)
  expect(await rows()).toMatchObject([{ state: 'failed', problem: expect.stringContaining('too late') }])
})
