import 'server-only'
import type { Reader } from '@/db/client'
import { asUser, sql, within } from '@/lib/access/database'
import { now } from '@/lib/clock'
import type { Opened } from '@/lib/sharing/opened'
import { documentFilesOf, termsOf } from '@/lib/sharing/opened-rows'
import { openedBy, type Recipient, waysTo } from '@/lib/sharing/ways'
import { toldOf } from './changes'
import { answerWith } from './download'
import { documentsNamed, filesFrom } from './file-columns'
import { FILES_AT_MOST, type OrderFiles } from './order-files'

/** The files of what was opened of an order that a name means; null where it means none. */
export async function filesOfOpened(
  reader: Reader,
  opened: Opened,
  number: string,
  name: string,
): Promise<OrderFiles | null> {
  const [documents, terms] = await Promise.all([
    documentFilesOf(reader, opened, documentsNamed(name), FILES_AT_MOST),
    termsOf(reader, opened),
  ])
  const files = filesFrom(name, documents, terms)
  return files.length > 0 ? { orderId: opened.orderId, number, files } : null
}

/**
 * Answers with a file of an order that was shared with the person, or all of them, in the User View; null where nothing of
 * that name is open to them.
 */
export async function downloadOfShared(
  request: Request,
  person: Recipient,
  number: string | null,
  name: string,
): Promise<Response | null> {
  if (number === null || number.length > 100 || number.includes('\0')) return null
  const found = await asUser(person, async (reader) => {
    // A number is unique in its account only; the first order that has the file is the one that is meant.
    for (const ways of await waysTo(reader, person, number)) {
      const opened = openedBy(ways)
      const files = await filesOfOpened(reader, opened, number, name)
      if (files) return { opened, files }
    }
    return null
  })
  if (!found) return null
  const { opened, files } = found
  return answerWith(request, files, name, async (isLaterPiece) => {
    const { detail } = toldOf(files)
    const [noted] = await within(
      5_000,
      sql()<
        { isNoted: boolean }[]
      >`select app.note_shared_download(${person.id}, ${opened.accountId}, ${opened.orderId},
        ${detail.documentIds}::bigint[], ${detail.termsIds}::bigint[], ${isLaterPiece}, ${now().toISOString()}) as "isNoted"`,
    )
    return noted?.isNoted ?? false
  })
}
