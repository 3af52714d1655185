import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Client } from '@/db/client'
import { sql, within } from '@/lib/access/database'
import { today } from '@/lib/clock'
import type { ObjectStore } from '@/lib/delivery/objects'
import { store } from '@/lib/delivery/store'
import type { BrokenEvent } from './verify'

// Once a day the end of every chain is written where the database cannot reach it: to the object store, in a file that is
// never changed, with its checksum in the log of the server. A chain that is made anew as a whole fits in itself, and not
// with what was written before.

const head = z.object({ account: z.number(), seq: z.number(), hash: z.string() })
type Head = z.infer<typeof head>

const LOOK_EVERY_MS = 15 * 60 * 1000

const placeOf = (installation: string) => `heads/${installation}/`

/** Writes the heads of this day, unless somebody has. Gives how many, null where they were there. */
export async function publishHeads(client: Client, objects: ObjectStore, day: string): Promise<number | null> {
  const [known] = await within(10_000, client<{ name: string }[]>`select app.installation() as name`)
  const key = `${placeOf(known?.name ?? '')}${day}.jsonl`
  if ((await objects.list(key)).length > 0) return null
  const heads = await within(30_000, client<Head[]>`select account, seq, hash from app.chain_heads()`)
  const text = heads.map(({ account, seq, hash }) => `${JSON.stringify({ account, seq, hash })}\n`).join('')
  if (!(await objects.add(key, Buffer.from(text)))) return null
  console.log(
    `events: heads of ${heads.length} chains on ${day}, sha256 ${createHash('sha256').update(text).digest('hex')}`,
  )
  return heads.length
}

export type HeadsReport = { days: number; heads: number; broken: BrokenEvent[] }

/** Compares the chains with all heads that were written; `client` is the owner's. Of each account the first that differs. */
export async function compareHeads(client: Client, objects: ObjectStore): Promise<HeadsReport> {
  const [known] = await client<{ name: string }[]>`select app.installation() as name`
  const keys = await objects.list(placeOf(known?.name ?? ''))
  const broken = new Map<string, BrokenEvent>()
  let heads = 0
  for (const key of keys) {
    const written = await readHeads(objects, key)
    heads += written.length
    const day = key.slice(key.lastIndexOf('/') + 1).replace('.jsonl', '')
    const differing = await client<{ domain: string; seq: number }[]>`
      select coalesce(a.domain, 'account ' || h.account) as domain, h.seq
      from jsonb_to_recordset(${JSON.stringify(written)}::text::jsonb) h (account bigint, seq bigint, hash text)
      left join smart_accounts a on a.id = h.account
      left join events e on e.smart_account_id = h.account and e.seq = h.seq
      where encode(e.hash, 'hex') is distinct from h.hash order by h.account`
    for (const { domain, seq } of differing)
      if (!broken.has(domain))
        broken.set(domain, {
          domain,
          seq,
          problem: `it is not the one that was written outside of the database on ${day}`,
        })
  }
  return { days: keys.length, heads, broken: [...broken.values()] }
}

async function readHeads(objects: ObjectStore, key: string): Promise<Head[]> {
  const opened = await objects.open(key)
  const pieces: Buffer[] = []
  for await (const piece of opened?.body ?? []) pieces.push(Buffer.from(piece as Uint8Array))
  const lines = Buffer.concat(pieces).toString().split('\n').filter(Boolean)
  return lines.map((line) => head.parse(JSON.parse(line)))
}

/** Begins to write the heads of each day, shortly after its beginning, as long as the process runs. */
export function startHeads(): void {
  let last = ''
  const look = async () => {
    const day = today()
    if (day === last) return
    await publishHeads(sql(), store(), day)
    last = day
  }
  const tell = (error: unknown) => console.error('events: the heads of the day could not be written yet', error)
  setTimeout(() => void look().catch(tell), 5_000).unref()
  setInterval(() => void look().catch(tell), LOOK_EVERY_MS).unref()
}
