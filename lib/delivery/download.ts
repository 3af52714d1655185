import 'server-only'
import type { Viewer } from '@/lib/access/viewer'
import { answerFile, type Recorded } from './answer'
import { recordDownload } from './changes'
import { filesOfOrder, type OrderFiles } from './order-files'
import { ALL_FILES, CHOSEN_FILES, filesIn, filesTogether } from './rules'
import { answerZip } from './zip'

/** What a request for a file asks for; `chosen.zip` names the files of its form. Null where that chose none. */
export function fileAsked(request: Request, file: string): string | null {
  if (file !== CHOSEN_FILES) return file
  const names = new URL(request.url).searchParams.getAll('file')
  return names.length === 0 ? null : filesTogether(names)
}

export const noFileChosen = () =>
  new Response('No file was chosen. Go back and choose at least one.\n', {
    status: 400,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })

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
  // Of chosen files all or none: one that is not there, or not theirs, is not left out in silence.
  const chosen = filesIn(name)
  if (chosen && chosen.length !== files.length) return null
  if (chosen || name === ALL_FILES) return answerZip(request, `Order ${number} documents`, files, record)
  return answerFile(request, file, record)
}
