import { mkdirSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { isReady, prepareCluster, SUPERUSER, startServer, stopServer } from '@/db/embedded/cluster'
import { freePort } from '@/db/embedded/free-port'

/** A Postgres of its own that can be ended and started again on its port, as an operator or an accident does. */
export type FaultyDatabase = {
  port: number
  urlOf(database: string): string
  /** Ends it at once, without a word to anybody: what was committed is on the disk. */
  crash(): Promise<void>
  /** Ends it in order. */
  end(): Promise<void>
  start(): Promise<void>
}

/** Makes one in a folder and starts it; as durable as in production. */
export async function faultyDatabase(place: string): Promise<FaultyDatabase> {
  const folder = resolve(place)
  mkdirSync(folder, { recursive: true })
  const cluster = await prepareCluster(folder)
  await stopServer(cluster)
  const port = await freePort()
  const log = openSync(join(folder, 'server.log'), 'w', 0o600)
  let ended: Promise<void> = Promise.resolve()
  let server: ReturnType<typeof startServer> | undefined
  const start = async () => {
    const started = startServer(cluster, port, true, log)
    server = started
    ended = new Promise((done) => started.once('exit', () => done()))
    while (!isReady(cluster, port)) await sleep(20)
  }
  await start()
  return {
    port,
    urlOf: (database) => `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`,
    async crash() {
      // SIGQUIT is the immediate shutdown of Postgres.
      server?.kill('SIGQUIT')
      await ended
    },
    end: () => stopServer(cluster),
    start,
  }
}

/** An empty database of this name. */
export async function emptyDatabase(serverUrl: string, name: string): Promise<void> {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined })
  await admin.unsafe(`drop database if exists ${name} with (force)`)
  await admin.unsafe(`create database ${name}`)
  await admin.end()
}
