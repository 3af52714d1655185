import 'server-only'
import { sql, within } from '@/lib/access/database'
import { settings } from '@/lib/env'

const AN_HOUR = 60 * 60

/** Counts a file that a person sends; false when there were too many in this hour. */
export async function countUpload({ id }: { id: number }): Promise<boolean> {
  // Whoever shows the demo, and the tests of it, send more than anybody would.
  const most = settings().DEMO ? 500 : 10
  const [row] = await within(
    5_000,
    sql()<{ allowed: boolean }[]>`select app.take_attempt(${`import:${id}`}, ${most}, ${AN_HOUR}) as allowed`,
  )
  return row?.allowed ?? false
}
