import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import S3rver from 's3rver'
import { folderStore } from '@/lib/delivery/folder-store'
import type { ObjectStore } from '@/lib/delivery/objects'
import { bucketStore } from '@/lib/delivery/s3-store'

const folder = mkdtempSync(join(tmpdir(), 'store-'))
let server: S3rver
const stores: Record<string, ObjectStore> = { 'a folder': folderStore(join(folder, 'files')) }

beforeAll(async () => {
  server = new S3rver({
    ...{ port: 0, address: '127.0.0.1', silent: true, directory: join(folder, 'buckets') },
    configureBuckets: [{ name: 'files', configs: [] }],
  })
  const { port } = await server.run()
  stores['a bucket'] = bucketStore('files', {
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_REGION: 'us-east-1',
    S3_ACCESS_KEY_ID: 'S3RVER',
    S3_SECRET_ACCESS_KEY: 'S3RVER',
  })
}, 30_000)
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

async function read(body: Readable | undefined): Promise<Buffer | undefined> {
  if (!body) return undefined
  const pieces: Buffer[] = []
  for await (const piece of body as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe.each(['a folder', 'a bucket'])('%s', (name) => {
  const at = () => stores[name] as ObjectStore
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251))

  test('gives what was added, whole and in pieces, and never anything else under its key', async () => {
    expect(await at().open('orders/1/a.bin')).toBeNull()
    expect(await at().add('orders/1/a.bin', bytes)).toBe(true)
    expect(await at().add('orders/1/a.bin', Buffer.from('other'))).toBe(false)
    const whole = await at().open('orders/1/a.bin')
    expect([whole?.size, (await read(whole?.body))?.equals(bytes)]).toEqual([bytes.length, true])
    const piece = await at().open('orders/1/a.bin', { start: 1000, end: 150_000 })
    expect([piece?.size, (await read(piece?.body))?.equals(bytes.subarray(1000, 150_001))]).toEqual([
      bytes.length,
      true,
    ])
  })

  test('lists by prefix, in order', async () => {
    for (const key of ['heads/b/2', 'heads/a/2', 'heads/a/1']) await at().add(key, Buffer.from(key))
    expect(await at().list('heads/a/')).toEqual(['heads/a/1', 'heads/a/2'])
    expect(await at().list('heads/')).toEqual(['heads/a/1', 'heads/a/2', 'heads/b/2'])
    expect(await at().list('nothing/')).toEqual([])
  })

  test.each(['../outside', 'a/../../b', '/etc/passwd', 'a//b', '', 'a/./b', 'a\0b', 'a\\b'])(
    'refuses the key %j',
    async (key) => {
      await expect(at().open(key)).rejects.toThrow('No object can have the key')
      await expect(at().add(key, bytes)).rejects.toThrow('No object can have the key')
    },
  )
})
