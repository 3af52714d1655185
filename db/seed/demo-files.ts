import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { pdfOf } from './demo-pdf'

// The files of the demo are kept nowhere: each is made of its own key, to the same bytes every time. So a million devices
// have real documents behind them without a file on the disk, and the server needs nothing but the key of the row.

const PREFIX = 'demo/'
const SOFTWARE_BYTES = 768 * 1024

/** What a row says of its file. */
export type StoredFile = { storageKey: string; bytes: number; sha256: string }

const summed = (storageKey: string, content: Buffer): StoredFile => ({
  storageKey,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
})

/** A text as a file of the demo: as it stands, or set as PDF. */
export function demoText(text: string, as: 'txt' | 'pdf'): StoredFile {
  const key = `${PREFIX}text/${deflateRawSync(text, { level: 1 }).toString('base64url')}.${as}`
  return summed(key, as === 'pdf' ? pdfOf(text) : Buffer.from(text))
}

const images = new Map<string, StoredFile>()

/** A software image of this name and version; many orders have the same one. */
export function demoSoftware(name: string, version: string): StoredFile {
  const key = `${PREFIX}software/${slugOf(name)}-${slugOf(version)}.bin`
  const made = images.get(key) ?? summed(key, softwareOf(key))
  images.set(key, made)
  return made
}

/** The bytes behind a key of the demo; null where it is not one. */
export function demoBytes(key: string): Buffer | null {
  const [, kind, name = '', ending] = /^demo\/(text|software)\/([\w.-]+)\.(txt|pdf|bin)$/.exec(key) ?? []
  if (kind === 'software') return softwareOf(key)
  if (kind !== 'text') return null
  const text = inflateRawSync(Buffer.from(name, 'base64url'), { maxOutputLength: 1024 * 1024 }).toString()
  return ending === 'pdf' ? pdfOf(text) : Buffer.from(text)
}

const slugOf = (text: string) => text.toLowerCase().replace(/[^a-z0-9.]+/g, '-')

/** Says what it is, then bytes that follow from its name. */
function softwareOf(key: string): Buffer {
  const head = Buffer.from(`${key}\nA file of the demo: it installs nothing.\n`)
  const blocks = [head]
  let block = createHash('sha512').update(key).digest()
  for (let size = head.length; size < SOFTWARE_BYTES; size += block.length * 64) {
    block = createHash('sha512').update(block).digest()
    blocks.push(Buffer.concat(Array.from({ length: 64 }, () => block)))
  }
  return Buffer.concat(blocks).subarray(0, SOFTWARE_BYTES)
}
