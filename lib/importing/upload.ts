import { Invalid } from '@/lib/errors'

/** Of a file: the form around it has to stay below the 30 MiB that a request may have. */
export const MOST_BYTES = 30_000_000

/** First bytes of what people take for a CSV file, and what to do instead. */
const OTHERS: readonly [bytes: readonly number[], answer: string][] = [
  [[0x50, 0x4b], 'This is an Excel workbook (XLSX) or another ZIP file. Open it and save it as “CSV UTF-8”.'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'This is an old Excel workbook (XLS). Open it and save it as “CSV UTF-8”.'],
  [[0x1f, 0x8b], 'This file is compressed (gzip). Unpack it first.'],
  [[0x25, 0x50, 0x44, 0x46], 'This is a PDF, not a CSV file.'],
  [[0xff, 0xfe], 'This file is saved as UTF-16. Save it as “CSV UTF-8”.'],
  [[0xfe, 0xff], 'This file is saved as UTF-16. Save it as “CSV UTF-8”.'],
  [[0x00, 0x00, 0xfe, 0xff], 'This file is saved as UTF-32. Save it as “CSV UTF-8”.'],
]

/** The text of an uploaded file, without its byte order mark. Throws Invalid with what the file is instead of text. */
export function textOf(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new Invalid(['The file is empty.'])
  if (bytes.length > MOST_BYTES) throw new Invalid(['The file is larger than 30 MB. Split it into several files.'])
  const other = OTHERS.find(([start]) => start.every((byte, index) => bytes[index] === byte))
  if (other) throw new Invalid([other[1]])
  refuseNul(bytes)
  const text = decode(bytes)
  const beginning = text.slice(0, 200).trimStart().toLowerCase()
  if (beginning.startsWith('<')) throw new Invalid(['This is a web page or an XML file, not a CSV file.'])
  if (/^[{[]\s*["{[]/.test(beginning)) throw new Invalid(['This is a JSON file, not a CSV file.'])
  return text
}

function refuseNul(bytes: Uint8Array): void {
  const first = bytes.indexOf(0)
  if (first < 0) return
  const start = bytes.subarray(0, 1000)
  const share = start.filter((byte) => byte === 0).length / start.length
  if (share > 0.3 && share < 0.6) throw new Invalid(['This file is saved as UTF-16. Save it as “CSV UTF-8”.'])
  throw new Invalid([`Line ${lineAt(bytes, first)} holds NUL bytes: this is not a text file.`])
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const line = new TextDecoder('utf-8').decode(bytes).split('�', 1)[0]?.split('\n').length
    throw new Invalid([`Line ${line} holds characters that are not UTF-8. Save the file as “CSV UTF-8”.`])
  }
}

function lineAt(bytes: Uint8Array, end: number): number {
  let line = 1
  for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) line++
  return line
}
