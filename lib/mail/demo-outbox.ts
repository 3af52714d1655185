import 'server-only'
import { sql, within } from '@/lib/access/database'
import { type Letter, letter } from './letter'

/** A mail of the demo, which was not sent to anybody. */
export type DemoMail = { id: number; to: string; queuedAt: string; letter: Letter }
export const DEMO_PAGE = 25

/** The newest mail of the demo with an id below `before`; to one address where one is given. Empty outside of the demo's database. */
export async function readDemoMail(address: string, before: number): Promise<DemoMail[]> {
  const rows = await within(
    5_000,
    sql()<{ id: number; recipient: string; payload: unknown; queuedAt: string }[]>`
      select id, recipient, payload, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "queuedAt"
      from app.read_demo_mail(${address}, ${before}, ${DEMO_PAGE + 1})`,
  )
  return rows.flatMap(({ payload, recipient, ...row }) => {
    const read = letter.safeParse(payload)
    return read.success ? [{ ...row, to: recipient, letter: read.data }] : []
  })
}
