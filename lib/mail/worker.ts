import 'server-only'
import type { Client } from '@/db/client'
import { sql, within } from '@/lib/access/database'
import { env } from '@/lib/env'
import { letter as letterSchema } from './letter'
import { type Outcome, type Send, smtpSender } from './smtp'

/** Mail that one worker takes at a time, and how long it may be silent before another one goes on with it. */
const AT_ONCE = 5
const LEASE_SECONDS = 90
const IDLE_MS = 2_000
const AFTER_FAULT_MS = 10_000
const FORGET_EVERY_MS = 60 * 60_000
/** Minutes between attempts; about two days in all, then the mail has failed. */
const PAUSES = [0.5, 2, 5, 15, 60, 120, 240, 240, 480, 480, 480, 720]

type Claimed = {
  account: number
  id: number
  claim: string
  recipient: string
  payload: unknown
  attempts: number
  /** When it was queued, in milliseconds. */
  made: number
}

export type WorkerOptions = {
  client: Client
  send: Send
  host: string
  leaseSeconds?: number
  pauses?: readonly number[]
}

/**
 * Sends what is due, once through; gives how many attempts were made. Any number of workers may do so at once, and one
 * may be killed at any moment: mail that it had not handed to the server is taken up by another one, mail that it had
 * is not sent again.
 */
export async function sendDue({ client, send, host, leaseSeconds, pauses = PAUSES }: WorkerOptions): Promise<number> {
  const lease = `${leaseSeconds ?? LEASE_SECONDS} seconds`
  const claimed = await within(10_000, client<Claimed[]>`select * from app.claim_mail(${AT_ONCE}, ${lease}::interval)`)
  await Promise.all(claimed.map((mail) => attempt(mail, { client, send, host, pauses })))
  return claimed.length
}

async function attempt(mail: Claimed, { client, send, host, pauses }: Required<Omit<WorkerOptions, 'leaseSeconds'>>) {
  const { account, id, claim } = mail
  const handOver = async () => {
    const [said] = await within(
      10_000,
      client<{ mine: boolean }[]>`select app.hand_over_mail(${account}, ${id}, ${claim}) as mine`,
    )
    return said?.mine === true
  }
  const outcome = await outcomeOf(mail, send, host, handOver)
  const pause = pauses[mail.attempts - 1]
  const isLast = outcome.state === 'retry' && pause === undefined
  const state = outcome.state === 'retry' ? (isLast ? 'failed' : 'waiting') : outcome.state
  const again = state === 'waiting' ? new Date(Date.now() + (pause ?? 0) * 60_000).toISOString() : null
  await within(
    10_000,
    client`select app.settle_mail(${account}, ${id}, ${claim}, ${state}, ${outcome.problem}, ${again}::timestamptz)`,
  )
}

/** The same id at each attempt: a mail system that has seen it shows it once. */
const messageIdOf = ({ account, id, made }: Claimed, host: string) => `<${account}.${id}.${made}@${host}>`

async function outcomeOf(mail: Claimed, send: Send, host: string, handOver: () => Promise<boolean>): Promise<Outcome> {
  const read = letterSchema.safeParse(mail.payload)
  if (!read.success) return { state: 'failed', problem: 'The letter cannot be read.' }
  return send({ messageId: messageIdOf(mail, host), to: mail.recipient, letter: read.data }, handOver)
}

// On globalThis: a development server loads this file anew at each change, and one worker is enough.
const kept = globalThis as typeof globalThis & { licenseCentralMail?: true }

/** Starts the worker of this process; without a mail server, and in the demo, mail waits in the outbox. */
export function startMailWorker(): void {
  const { SMTP_URL, MAIL_FROM, DEMO, APP_ORIGIN } = env()
  if (kept.licenseCentralMail || DEMO || !SMTP_URL || !MAIL_FROM) return
  kept.licenseCentralMail = true
  const send = smtpSender({ url: SMTP_URL, from: MAIL_FROM, origin: APP_ORIGIN })
  void work({ client: sql(), send, host: new URL(APP_ORIGIN).hostname })
}

async function work(options: WorkerOptions): Promise<never> {
  let forgotten = 0
  for (;;) {
    try {
      const sent = await sendDue(options)
      if (Date.now() - forgotten > FORGET_EVERY_MS) {
        await within(10_000, options.client`select app.forget_old_mail()`)
        forgotten = Date.now()
      }
      if (sent === 0) await pause(IDLE_MS)
    } catch (error) {
      report(error)
      await pause(AFTER_FAULT_MS)
    }
  }
}

/** Does not keep the process alive: what it has in hand is taken up by the next one. */
const pause = (milliseconds: number) => new Promise<void>((go) => setTimeout(go, milliseconds).unref())

function report(error: unknown): void {
  const message = String(error instanceof Error ? error.message : error).slice(0, 500)
  console.error(JSON.stringify({ at: new Date().toISOString(), level: 'error', code: 'mail', message }))
}
