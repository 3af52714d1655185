import 'server-only'
import { Readable } from 'node:stream'
import nodemailer from 'nodemailer'
import { htmlText, type Letter, plainText } from './letter'

/** A mail that a worker has claimed. */
export type Outgoing = { messageId: string; to: string; letter: Letter }

/** What became of an attempt; `retry` and `failed` are certain that the server did not take the mail. */
export type Outcome = { state: 'sent' | 'retry' | 'failed' | 'unconfirmed'; problem: string }

/** Sends one mail. Calls `handOver` before the server gets the last line, and cuts the connection when it says no. */
export type Send = (mail: Outgoing, handOver: () => Promise<boolean>) => Promise<Outcome>

export type SmtpSettings = { url: string; from: string; origin: string }

const LIMITS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 }

/** Sends by an SMTP server; `url` like `smtps://user:password@mail.example.com`, with options of Nodemailer behind `?`. */
export function smtpSender({ url, from, origin }: SmtpSettings): Send {
  const transport = nodemailer.createTransport(
    { url, ...LIMITS, disableFileAccess: true, disableUrlAccess: true },
    { from, headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' } },
  )
  const handOvers = new Map<string, () => Promise<void>>()
  // The server delivers nothing before it has seen the line that ends a mail, and that line goes out when this stream ends.
  transport.use('stream', (mail, done) => {
    const { message } = mail
    const whole = message.createReadStream.bind(message)
    const handOver = handOvers.get(String(mail.data.messageId))
    message.createReadStream = () => Readable.from(untilHandedOver(whole(), handOver))
    done()
  })
  return async ({ messageId, to, letter }, handOver) => {
    const cut = new AbortController()
    const progress = { isHandedOver: false, refused: '' }
    handOvers.set(messageId, async () => {
      const isMine = await handOver().catch(() => false)
      if (!isMine) {
        cut.abort()
        throw new Error('The mail was taken over by another worker.')
      }
      progress.isHandedOver = true
    })
    try {
      const bodies = { subject: letter.subject, text: plainText(letter, origin), html: htmlText(letter, origin) }
      await transport.sendMail({ messageId, to, ...bodies, signal: cut.signal })
      return { state: 'sent', problem: '' }
    } catch (error) {
      return outcomeOf(error, progress.isHandedOver)
    } finally {
      handOvers.delete(messageId)
    }
  }
}

async function* untilHandedOver(message: Readable, handOver: (() => Promise<void>) | undefined) {
  for await (const chunk of message) yield chunk
  await handOver?.()
}

/** An answer of the server is certain, whenever it comes; silence is certain only before the mail was handed over. */
function outcomeOf(error: unknown, isHandedOver: boolean): Outcome {
  const { responseCode = 0, code = '' } = error as { responseCode?: number; code?: string }
  const problem = `${error instanceof Error ? error.message : error}`.replace(/\s+/g, ' ').slice(0, 300)
  // That we may not send is for the operator to mend, whatever number the server gives it.
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'ETLS') return { state: 'retry', problem }
  if (responseCode >= 500) return { state: 'failed', problem }
  if (responseCode >= 400 || !isHandedOver) return { state: 'retry', problem }
  return { state: 'unconfirmed', problem }
}
