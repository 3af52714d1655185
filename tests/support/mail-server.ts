import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type Received = ParsedMail & { envelope: { from: string; to: string[] } }
type Answer = { code: number; text: string } | 'silence'

/** A real SMTP server that keeps what it took. */
export type MailServer = {
  url: string
  received: Received[]
  /** What the next mails are answered with, before they are taken again: at their recipient, or at their end. */
  answers: { recipient: Answer[]; end: Answer[] }
  /** How long it thinks before it says that it took a mail. */
  slowness: { ms: number }
  close(): Promise<void>
}

export async function openMailServer(): Promise<MailServer> {
  const received: Received[] = []
  const answers: MailServer['answers'] = { recipient: [], end: [] }
  const slowness = { ms: 0 }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onRcptTo: (_address, _session, done) => refuse(answers.recipient.shift(), done),
    onData: (stream, session, done) => {
      const take = async (mail: ParsedMail) => {
        const answer = answers.end.shift()
        if (answer === undefined || answer === 'silence') {
          const { mailFrom, rcptTo } = session.envelope
          const to = rcptTo.map(({ address }) => address)
          received.push({ ...mail, envelope: { from: mailFrom ? mailFrom.address : '', to } })
        }
        await sleep(slowness.ms)
        refuse(answer, done)
      }
      // A mail that was cut off is not one.
      simpleParser(stream).then(take, done)
    },
  })
  server.on('error', () => undefined) // a client that hangs up
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const close = () => new Promise<void>((done) => server.close(() => done()))
  return { url: `smtp://127.0.0.1:${port}`, received, answers, slowness, close }
}

function refuse(answer: Answer | undefined, done: (error?: Error) => void): void {
  if (answer === 'silence') return
  done(answer ? Object.assign(new Error(answer.text), { responseCode: answer.code }) : undefined)
}
