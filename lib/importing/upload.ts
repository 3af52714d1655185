import { Invalid } from '@/lib/errors'

/** Of a file: the form around it has to stay below the 30 MiB that a request may have. */
export const MOST_BYTES = 30_000_000

/** What is asked for instead, in the words of whoever saves a file. */
const WANTED = {
  csv: { name: 'a CSV file', save: 'Save it as “CSV UTF-8”.', workbook: 'Open it and save it as “CSV UTF-8”.' },
  json: { name: 'a JSON file', save: 'Save it as UTF-8.', workbook: 'A JSON file is needed here.' },
} as const
type TextKind = keyof typeof WANTED

/** First bytes of what people take for such a file, and what to do instead. */
const others = ({ name, save, workbook }: (typeof WANTED)[TextKind]): readonly [readonly number[], string][] => [
  [[0x50, 0x4b], `This is an Excel workbook (XLSX) or another ZIP file. ${workbook}`],
  [[0xd0, 0xcf, 0x11, 0xe0], `This is an old Excel workbook (XLS), or one with a password. ${workbook}`],
  [[0x1f, 0x8b], 'This file is compressed (gzip). Unpack it first.'],
  [[0x25, 0x50, 0x44, 0x46], `This is a PDF, not ${name}.`],
  [[0xff, 0xfe], `This file is saved as UTF-16. ${save}`],
  [[0xfe, 0xff], `This file is saved as UTF-16. ${save}`],
  [[0x00, 0x00, 0xfe, 0xff], `This file is saved as UTF-32. ${save}`],
]

export const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b

/** Throws Invalid when a file is empty, or larger than any may be. */
export function refuseSize({ length }: Uint8Array): void {
  if (length === 0) throw new Invalid(['The file is empty.'])
  if (length > MOST_BYTES) throw new Invalid(['The file is larger than 30 MB. Split it into several files.'])
}

/** The text of an uploaded file, without its byte order mark. Throws Invalid with what the file is instead of text. */
export function textOf(bytes: Uint8Array, kind: TextKind): string {
  refuseSize(bytes)
  const wanted = WANTED[kind]
  const other = others(wanted).find(([start]) => start.every((byte, index) => bytes[index] === byte))
  if (other) throw new Invalid([other[1]])
  refuseNul(bytes, wanted.save)
  const text = decode(bytes, wanted.save)
  const beginning = text.slice(0, 200).trimStart().toLowerCase()
  if (beginning.startsWith('<')) throw new Invalid([`This is a web page or an XML file, not ${wanted.name}.`])
  const isJson = /^[{[]\s*["{[\]}]/.test(beginning)
  if (kind === 'csv' && isJson) throw new Invalid(['This is a JSON file, not a CSV file.'])
  if (kind === 'json' && beginning === '') throw new Invalid(['The file is empty.'])
  if (kind === 'json' && !isJson) throw new Invalid(['This is not a JSON file: it begins with neither “{” nor “[”.'])
  return text
}

function refuseNul(bytes: Uint8Array, save: string): void {
  const first = bytes.indexOf(0)
  if (first < 0) return
  const start = bytes.subarray(0, 1000)
  const share = start.filter((byte) => byte === 0).length / start.length
  if (share > 0.3 && share < 0.6) throw new Invalid([`This file is saved as UTF-16. ${save}`])
  throw new Invalid([`Line ${lineAt(bytes, first)} holds NUL bytes: this is not a text file.`])
}

function decode(bytes: Uint8Array, save: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const line = new TextDecoder('utf-8').decode(bytes).split('�', 1)[0]?.split('\n').length
    throw new Invalid([`Line ${line} holds characters that are not UTF-8. ${save.replace('it', 'the file')}`])
  }
}

function lineAt(bytes: Uint8Array, end: number): number {
  let line = 1
  for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) line++
  return line
}
