import 'server-only'
import { and, eq } from 'drizzle-orm'
import { orders } from '@/db/schema/orders'
import { sql, within } from '@/lib/access/database'
import { now } from '@/lib/clock'
import { asLink } from '@/lib/sharing/link'
import { hashOf } from '@/lib/sharing/link-token'
import { toldOf } from './changes'
import { answerWith } from './download'
import { filesOfOpened } from './shared-files'

/**
 * Answers with a file of what a link opens, or all of them, to whoever a code let in; null where nothing of that name is
 * open to them, or not any more when the first byte would leave.
 */
export async function downloadByLink(
  request: Request,
  token: string,
  session: string | undefined,
  name: string,
): Promise<Response | null> {
  const found = await asLink(token, session, async (reader, opened) => {
    const [order] = await reader
      .select({ number: orders.number })
      .from(orders)
      .where(and(eq(orders.smartAccountId, opened.accountId), eq(orders.id, opened.orderId)))
    return order ? filesOfOpened(reader, opened, order.number, name) : null
  })
  if (!(found && session)) return null
  return answerWith(request, found, name, async (isLaterPiece) => {
    const { detail } = toldOf(found)
    const [noted] = await within(
      5_000,
      sql()<{ isNoted: boolean }[]>`select app.note_linked_download(${hashOf(token)}, ${hashOf(session)},
        ${detail.documentIds}::bigint[], ${detail.termsIds}::bigint[], ${isLaterPiece}, ${now().toISOString()}) as "isNoted"`,
    )
    return noted?.isNoted ?? false
  })
}
