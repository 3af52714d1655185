import type { Sql } from 'postgres'
import type { Letter } from '@/lib/mail/letter'
import { mailCode, openWithCode } from '@/lib/sharing/link'
import type { ShareDraft } from '@/lib/sharing/send-schema'

/** A whole order, and nothing said besides. */
export const BARE: ShareDraft = {
  ...{ level: 'order', lineIds: [], deviceIds: [], customerOrderNumber: null, note: '', perLine: false, lastDay: null },
}

export const tokenIn = ({ parts }: Letter): string => {
  const [link] = parts.flatMap((part) => ('link' in part ? [part.link] : []))
  return link?.replace('/shared/', '') ?? ''
}
export const codeIn = ({ parts }: Letter): string =>
  parts.flatMap((part) => ('code' in part ? [part.code] : []))[0] ?? ''

/** Reads mail where it waits, as the owner of the database. */
export function mailbox(owner: Sql, network: string) {
  /** The newest mail to an address. */
  async function mailTo(address: string): Promise<Letter> {
    const [row] = await owner<{ payload: Letter }[]>`
      select payload from outbox where recipient = ${address} order by id desc limit 1`
    if (!row) throw new Error(`No mail to ${address}.`)
    return row.payload
  }
  /** As a recipient does it: by the link and the code of two mails. */
  async function enter(address: string) {
    const token = tokenIn(await mailTo(address))
    await mailCode(token, network)
    const session = await openWithCode(token, codeIn(await mailTo(address)), network)
    return { token, session: session ?? undefined }
  }
  return { mailTo, enter }
}
