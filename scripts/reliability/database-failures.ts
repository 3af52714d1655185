/**
 * `npm run reliability:database`: the production server while its database crashes, restarts, loses its connections, is cut
 * off and becomes slow, under 20 requests a second. Exit code 1 where an answer is neither right nor a clear 503, where
 * something that was told as done is not there, or where it takes more than 5 seconds until it is well again.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'
import { connect } from '@/db/client'
import { freePort } from '@/db/embedded/free-port'
import { migrate } from '@/db/migrate'
import { seed } from '@/db/seed/seed'
import { verifyChains } from '@/lib/changes/verify'
import { ensureAppRole } from '../app-role'
import { ownSecrets, serverSecrets } from '../own-secrets'
import { ensureBuild } from '../production-build'
import { main } from '../run'
import { serve, untilAnswering } from '../serve'
import { emptyDatabase, faultyDatabase } from './faulty-database'
import { type Finding, judged, judgeTable } from './judgment'
import { signIn } from './sign-in'
import { visit, visiting } from './visits'
import { wireTo } from './wire'

const HOSTNAME = '127.0.0.1'
const NAME = 'reliability'
const PER_SECOND = 20

await main(async (cleanup) => {
  await ensureBuild(cleanup)
  const database = await faultyDatabase('.data/reliability')
  cleanup(database.end)
  await emptyDatabase(database.urlOf('postgres'), NAME)
  const ownerUrl = database.urlOf(NAME)
  const appUrl = new URL(await ensureAppRole(ownerUrl, ownSecrets().APP_ROLE_PASSWORD))
  await migrate(ownerUrl)
  await seed({ ownerUrl, devices: 2000, now: new Date() })
  const wire = await wireTo(HOSTNAME, database.port)
  cleanup(wire.stop)
  appUrl.port = String(wire.port)
  const port = await freePort()
  const origin = `http://${HOSTNAME}:${port}`
  const environment = { ...serverSecrets(), DATABASE_URL: appUrl.href, NEXTAUTH_URL: origin, DEMO: '1' }
  const server = await serve({ mode: 'start', port, hostname: HOSTNAME, environment, quiet: true })
  cleanup(server.stop)
  if (!(await untilAnswering(server, port, HOSTNAME))) throw new Error('The server ended before it answered.')
  const { cookie, paths } = await visitorOf(ownerUrl, environment.NEXTAUTH_SECRET)
  for (const path of paths)
    if ((await visit(origin, path, cookie)).status !== 200) throw new Error(`${path} is not well.`)

  /** Visits while `fault` happens, which gives the moment of its end; judged until all is well for a while again. */
  const during = async (name: string, fault: () => Promise<number>): Promise<Finding> => {
    const before = await downloads(ownerUrl)
    const people = visiting(origin, paths, cookie, PER_SECOND)
    await sleep(1500)
    const begun = performance.now()
    const [over, probes] = await Promise.all([fault(), probesOf(origin)])
    await sleep(7000)
    const { visits, mostOpen } = await people.stop()
    const kept = (await downloads(ownerUrl)) - before
    return judged({ name, begun, over, visits, mostOpen, kept, probes })
  }
  const badly = (how: Parameters<typeof wire.carry>[0], ms: number) => async () => {
    wire.carry(how)
    await sleep(ms)
    wire.carry({})
    return performance.now()
  }
  const findings = [
    await during('crashed for 6 s', async () => {
      await database.crash()
      await sleep(6000)
      await database.start()
      return performance.now()
    }),
    await during('restarted', async () => {
      await database.end()
      await database.start()
      return performance.now()
    }),
    await during('every connection ended', async () => {
      await terminateAll(ownerUrl)
      return performance.now()
    }),
    await during('cut off for 60 s', badly({ isCut: true }, 60_000)),
    await during('300 ms later for 10 s', badly({ delayMs: 300 }, 10_000)),
    await during('64 kB a second for 10 s', badly({ bytesPerSecond: 64_000 }, 10_000)),
  ]
  const client = connect(ownerUrl, { max: 1, statementTimeout: 0 })
  const { broken } = await verifyChains(client)
  await client.end()
  console.log(judgeTable(findings))
  const problems = [
    ...findings.flatMap(({ problems }) => problems),
    ...broken.map(({ domain }) => `chain of ${domain}`),
  ]
  for (const problem of problems) console.error(problem)
  return problems.length > 0 ? 1 : 0
})

/** Somebody who is signed in, and what they look at: lists, a page of one thing, and a download, which leaves an event. */
async function visitorOf(ownerUrl: string, secret: string): Promise<{ cookie: string; paths: string[] }> {
  return withOwner(ownerUrl, async (owner) => {
    const [file] = await owner<{ id: string; number: string; device: string }[]>`
      select d.id, o.number, (select min(id) from devices where smart_account_id = o.smart_account_id) as device
      from documents d join order_lines l on l.id = d.order_line_id join orders o on o.id = l.order_id
      where o.smart_account_id = (select id from smart_accounts where domain = 'aurora.example') limit 1`
    const at = '/accounts/aurora.example'
    return {
      cookie: await signIn(owner, 'admin@aurora.example', secret),
      paths: [
        ...[`${at}/devices`, `${at}/devices/${file?.device}`, `${at}/orders/${file?.number}`, '/my/access'],
        `${at}/orders/${file?.number}/files/document-${file?.id}`,
      ],
    }
  })
}

function downloads(ownerUrl: string): Promise<number> {
  return withOwner(ownerUrl, async (owner) => {
    const [row] = await owner<
      { n: number }[]
    >`select count(*)::int as n from events where type = 'documents.downloaded'`
    return row?.n ?? 0
  })
}

function terminateAll(ownerUrl: string): Promise<unknown> {
  return withOwner(
    ownerUrl,
    (owner) => owner`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  )
}

async function withOwner<T>(ownerUrl: string, work: (owner: Sql) => Promise<T>): Promise<T> {
  const owner = postgres(ownerUrl, { max: 1 })
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

/** What the probes say three seconds into a fault. */
async function probesOf(origin: string): Promise<{ health: number; ready: number; readyMs: number }> {
  await sleep(3000)
  const health = (await fetch(`${origin}/api/health`)).status
  const at = performance.now()
  const ready = (await fetch(`${origin}/api/ready`)).status
  return { health, ready, readyMs: performance.now() - at }
}
