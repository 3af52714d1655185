/**
 * Shares an order with one address and sends the mail that is due, as the server does both, and ends: the process that
 * tests/integration/send-killed.test.ts kills.
 */
import { once } from 'node:events'
import postgres from 'postgres'
import { connect } from '@/db/client'
import { env } from '@/lib/env'
import { smtpSender } from '@/lib/mail/smtp'
import { sendDue } from '@/lib/mail/worker'
import { sendShare } from '@/lib/sharing/send'
import { viewerAs } from '@/scripts/bench/viewers'
import { BARE } from './share-mail'

const [ownerUrl = '', number = '', recipient = '', key = '', smtpUrl = ''] = process.argv.slice(2)
const owner = postgres(ownerUrl, { max: 1 })
const viewer = await viewerAs(owner, 'admin@aurora.example')
await owner.end()
const { DATABASE_URL, APP_ORIGIN } = env()
const client = connect(DATABASE_URL, { max: 2 })
const send = smtpSender({ url: smtpUrl, from: 'no-reply@licenses.test', origin: APP_ORIGIN })
process.stdout.write('ready\n')
await once(process.stdin, 'data')
await sendShare(viewer, number, [recipient], BARE, key)
process.stdout.write('sent\n')
while ((await sendDue({ client, send, host: 'licenses.test', pauses: [0, 0, 0] })) > 0);
process.stdout.write('mailed\n')
process.exit(0)
