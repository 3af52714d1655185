import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { Invalid } from '@/lib/errors'

const MOST_ENTRIES = 200
const MOST_INFLATED = 50_000_000
const MOST_RATIO = 100
/** What is small does no harm, however well it was packed. */
const SMALL = 1_000_000

type Entry = { name: string; packed: number; size: number; isLocked: boolean; isPacked: boolean; start: number }

const END = 0x06054b50
const DIRECTORY = 0x02014b50
const LOCAL = 0x04034b50
const DAMAGED = 'The workbook is damaged: its table of contents is not right. Save it again, or as “CSV UTF-8”.'

const unpack = promisify(inflateRaw)

/**
 * Looks at the table of contents of an XLSX before anything of it is unpacked. Rejects with Invalid for what is no
 * workbook, for one that would unpack to far more than it is or says, and for what has no place in a table: macros,
 * links, other archives.
 */
export async function refuseDangerousZip(bytes: Uint8Array): Promise<void> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = entriesOf(zip)
  const has = (pattern: RegExp) => entries.some(({ name }) => pattern.test(name))
  if (!(has(/^\[Content_Types\]\.xml$/i) && has(/^xl\/workbook\.xml$/i)))
    throw new Invalid(['This is a ZIP file, but not an Excel workbook (XLSX).'])
  if (entries.some(({ isLocked }) => isLocked)) throw new Invalid(['The workbook has a password. Save it without one.'])
  if (has(/vbaProject|^xl\/(macrosheets|activeX|dialogsheets)\//i))
    throw new Invalid([
      'The workbook holds macros or other programs. Save it as a plain workbook (XLSX) or as “CSV UTF-8”.',
    ])
  if (has(/^xl\/externalLinks\//i))
    throw new Invalid(['The workbook takes values from other files. Save it as “CSV UTF-8”.'])
  if (has(/\.(zip|xls[xmb]?|docx|pptx|gz|tgz|7z|rar|jar|exe)$/i) || has(/^xl\/embeddings\//i))
    throw new Invalid(['The workbook holds other files. Save it as “CSV UTF-8”.'])
  refuseBombs(entries)
  for (const entry of entries) await refuseOtherSize(zip, entry)
}

function refuseBombs(entries: readonly Entry[]): void {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (entries.length > MOST_ENTRIES) throw new Invalid([`The workbook has more than ${MOST_ENTRIES} parts.`])
  if (size > MOST_INFLATED)
    throw new Invalid(['The workbook is larger than 50 MB when it is unpacked. Save it as “CSV UTF-8”, or split it.'])
  if (entries.some((entry) => entry.size > SMALL && entry.size > MOST_RATIO * entry.packed))
    throw new Invalid(['The workbook is packed more than 100 times: this is not a usual one. Save it as “CSV UTF-8”.'])
}

/** Whoever reads the workbook afterwards may believe either of the two places that tell a size: they have to be true. */
async function refuseOtherSize(zip: Buffer, { start, packed, size, isPacked }: Entry): Promise<void> {
  if (start + 30 > zip.length || zip.readUInt32LE(start) !== LOCAL) throw new Invalid([DAMAGED])
  const [flags = 0, nameLength = 0, extraLength = 0] = [6, 26, 28].map((offset) => zip.readUInt16LE(start + offset))
  const told = [zip.readUInt32LE(start + 18), zip.readUInt32LE(start + 22)]
  const isToldLater = (flags & 8) !== 0 && told[0] === 0 && told[1] === 0
  if (!isToldLater && (told[0] !== packed || told[1] !== size)) throw new Invalid([DAMAGED])
  const from = start + 30 + nameLength + extraLength
  const content = zip.subarray(from, from + packed)
  const unpacked = isPacked ? await unpack(content, { maxOutputLength: Math.max(size, 1) }).catch(() => null) : content
  if (unpacked?.length !== size) throw new Invalid([DAMAGED])
}

function entriesOf(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) throw new Invalid([DAMAGED])
  const count = zip.readUInt16LE(end + 10)
  const entries: Entry[] = []
  let at = zip.readUInt32LE(end + 16)
  while (entries.length < count) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== DIRECTORY) throw new Invalid([DAMAGED])
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    const next = at + 46 + (nameLength ?? 0)
    entries.push({
      name: zip.toString('utf8', at + 46, next).replaceAll('\\', '/'),
      packed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      isLocked: (zip.readUInt16LE(at + 8) & 1) === 1,
      isPacked: zip.readUInt16LE(at + 10) !== 0,
      start: zip.readUInt32LE(at + 42),
    })
    at = next + (extraLength ?? 0) + (noteLength ?? 0)
  }
  return entries
}
