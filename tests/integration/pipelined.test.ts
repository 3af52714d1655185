/** @jest-environment node */
import { sql as query } from 'drizzle-orm'
import { type Client, connect, type Reader, readAs } from '@/db/client'
import { openWire, type Wire } from '@/scripts/bench/wire'
import { createTestDatabase, type TestDatabase } from '../support/database'

let database: TestDatabase
let wire: Wire
let client: Client
const nobody = { userId: null, now: new Date() }

beforeAll(async () => {
  database = await createTestDatabase()
  wire = await openWire(database.ownerUrl)
  client = connect(wire.url, { max: 1 })
}, 120_000)
afterAll(async () => {
  await client.end()
  await wire.close()
  await database.drop()
})

const number = async (reader: Reader, value: number) => {
  const [row] = await reader.execute(query`select ${value}::int as n, pg_backend_pid() as pid,
    current_setting('transaction_read_only') as read_only, current_setting('app.now', true) as now`)
  return row as { n: number; pid: number; read_only: string; now: string }
}
const quiet = () => new Promise((done) => setTimeout(done, 20))

test('the first statements of a transaction travel with its beginning, in it', async () => {
  for (let run = 0; run < 5; run++) await readAs(client, nobody, (reader) => number(reader, run))
  await quiet()
  wire.reset()
  expect(await readAs(client, nobody, (reader) => number(reader, 7))).toMatchObject({ n: 7, read_only: 'on' })
  expect(wire.count()).toBe(1)
  await quiet()
  const [after] =
    await client`select current_setting('transaction_read_only') as read_only, current_setting('app.now', true) as now`
  expect(after).toEqual({ read_only: 'off', now: '' })
})

test('transactions over one connection stand one after the other, what is asked beside them waits', async () => {
  const all = await Promise.all(
    [1, 2, 3, 4, 5].map((n) =>
      n === 3
        ? client`select 3 as n, current_setting('app.now', true) as now`.then(([row]) => row)
        : readAs(client, nobody, async (reader) => {
            await quiet()
            return number(reader, n)
          }),
    ),
  )
  expect(all.map((row) => row?.['n'])).toEqual([1, 2, 3, 4, 5])
  expect(all.map((row) => row?.['now'] === '')).toEqual([false, false, true, false, false])
})

test('a transaction that fails is taken back, and the connection serves the next one', async () => {
  await expect(readAs(client, nobody, (reader) => reader.execute(query`select 1 / 0`))).rejects.toThrow()
  expect(await readAs(client, nobody, (reader) => number(reader, 1))).toMatchObject({ n: 1 })
})

test('a connection that is lost within a transaction fails it, and another one serves the next', async () => {
  const other = connect(database.ownerUrl, { max: 1 })
  const lost = readAs(client, nobody, async (reader) => {
    const { pid } = await number(reader, 1)
    await other`select pg_terminate_backend(${pid})`
    await quiet()
    return number(reader, 2)
  })
  await expect(lost).rejects.toThrow()
  expect(await readAs(client, nobody, (reader) => number(reader, 3))).toMatchObject({ n: 3 })
  await other.end()
})

describe('work that says that all was asked', () => {
  const last = <T>(of: Client, work: (reader: Reader) => PromiseLike<T>) =>
    readAs(of, nobody, async (reader, allAsked) => {
      const asked = Promise.resolve(work(reader))
      allAsked()
      return asked
    })

  test('gives its answer, and its transaction ends without being asked to once more', async () => {
    for (let run = 0; run < 5; run++) {
      if (run === 3) wire.reset()
      const both = await last(client, (reader) => Promise.all([number(reader, run), number(reader, run + 1)]))
      expect(both.map(({ n }) => n)).toEqual([run, run + 1])
      await quiet()
    }
    expect(wire.count()).toBe(2)
  })

  test('asks nothing more: not even of the connection that has gone to somebody else', async () => {
    const late = readAs(client, nobody, async (reader, allAsked) => {
      allAsked()
      await quiet()
      await expect(number(reader, 1)).rejects.toThrow()
      return 'told'
    })
    const next = readAs(client, { userId: null, now: new Date('2030-01-01') }, async (reader) => {
      await quiet()
      await quiet()
      return number(reader, 2)
    })
    expect(await late).toBe('told')
    expect(await next).toMatchObject({ n: 2, now: expect.stringContaining('2030') })
  })

  test('is told when what it asked last fails, or its connection is lost', async () => {
    await expect(last(client, (reader) => reader.execute(query`select 1 / 0`))).rejects.toThrow()
    expect(await readAs(client, nobody, (reader) => number(reader, 1))).toMatchObject({ n: 1, read_only: 'on' })
    const dying = connect(database.ownerUrl, { max: 1 })
    const end = query`select pg_terminate_backend(pg_backend_pid())`
    await expect(last(dying, (reader) => reader.execute(end))).rejects.toThrow()
    await dying.end({ timeout: 0 })
  })
})

test('where there is no server, the beginning fails', async () => {
  const nowhere = connect('postgres://nobody:x@127.0.0.1:1/nothing', { max: 1 })
  await expect(readAs(nowhere, nobody, (reader) => number(reader, 1))).rejects.toThrow('ECONNREFUSED')
  await nowhere.end()
})
