import 'server-only'
import type { Client } from '@/db/client'
import type { KeyRing } from '@/lib/env'
import { decryptPak, encryptPak } from '@/lib/pak'

type Row = { account: number; id: number; encrypted: Buffer; keyId: string }

/**
 * Encrypts every PAK with the active key, by the owner's connection, while servers read and write: in batches of their own
 * transaction, leaving out what somebody else holds at the moment until it is free. Gives how many were encrypted anew.
 * Throws, with nothing of the batch changed, where a PAK cannot be decrypted by the ring.
 */
export async function rotatePaks(
  client: Client,
  ring: KeyRing,
  { batch = 500, onBatch = () => undefined }: { batch?: number; onBatch?: (done: number) => void } = {},
): Promise<number> {
  let done = 0
  for (;;) {
    const changed = await client.begin(async (tx) => {
      const rows = await tx<Row[]>`
        select smart_account_id as account, id, encrypted, key_id as "keyId" from paks
        where key_id <> ${ring.activeId} order by smart_account_id, id limit ${batch} for update skip locked`
      const anew = rows.map(({ account, id, encrypted, keyId }) => {
        const made = encryptPak(decryptPak(encrypted, keyId, id, ring), id, ring)
        return { account, id, encrypted: made.encrypted.toString('hex') }
      })
      await tx`
        update paks p set encrypted = decode(n.encrypted, 'hex'), key_id = ${ring.activeId}
        from jsonb_to_recordset(${JSON.stringify(anew)}::text::jsonb) n (account bigint, id bigint, encrypted text)
        where p.smart_account_id = n.account and p.id = n.id`
      return rows.length
    })
    done += changed
    if (changed > 0) onBatch(done)
    else if (await isDone(client, ring)) return done
    // What is left is held by somebody.
    else await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function isDone(client: Client, { activeId }: KeyRing): Promise<boolean> {
  const [left] = await client`select 1 from paks where key_id <> ${activeId} limit 1`
  return left === undefined
}
