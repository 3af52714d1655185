import 'server-only'
import type { Viewer } from '@/lib/access/viewer'
import { answerFile, type Recorded } from './answer'
import { recordDownload } from './changes'
import { filesOfOrder, type OrderFiles } from './order-files'
import { ALL_FILES } from './rules'
import { answerZip } from './zip'

const isNumber = (number: string | null): number is string =>
  number !== null && number.length <= 100 && !number.includes('\0')

/** Answers with a file of an order, or all of its files, in the Account View; null where there is none for the viewer. */
export async function downloadOfOrder(
  request: Request,
  viewer: Viewer,
  number: string | null,
  name: string,
): Promise<Response | null> {
  const found = isNumber(number) ? await filesOfOrder(viewer, number, name) : null
  return found && answerWith(request, found, name, (isLaterPiece) => recordDownload(viewer, found, isLaterPiece))
}

/** Answers with what `name` means of the files that were found; null where that is none. */
export async function answerWith(
  request: Request,
  { number, files }: OrderFiles,
  name: string,
  record: Recorded,
): Promise<Response | null> {
  const [file] = files
  if (!file) return null
  if (name === ALL_FILES) return answerZip(request, `Order ${number} documents`, files, record)
  return answerFile(request, file, record)
}
