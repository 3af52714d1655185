import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fingerprint, isSignedBy } from './signing'

const manifestSchema = z.object({
  account: z.string(),
  from: z.number(),
  to: z.number(),
  count: z.number(),
  previous: z.string(),
  hash: z.string(),
  sha256: z.string(),
  madeAt: z.string(),
  key: z.string(),
})
const lineSchema = z.object({ seq: z.number(), previous: z.string(), hash: z.string(), event: z.string() })

export type ExportManifest = z.infer<typeof manifestSchema>
export type ExportReport = { manifest: ExportManifest; problems: string[] }

/** What a text of JSON holds, or null where it is none, or another thing: of an altered file nothing can be expected. */
function readAs<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/**
 * Verifies a signed export by its files alone: the signature, the checksum, and the chain from its first event to its last.
 * `trusted`: the fingerprint that the key must have; without it only that all of it was signed by one key is known.
 */
export function verifyExport(files: ReadonlyMap<string, Buffer>, trusted?: string): ExportReport {
  const text = (name: string) => {
    const found = files.get(name)
    if (!found) throw new Error(`The file ${name} is missing in the export.`)
    return found.toString('utf8')
  }
  const manifestText = text('manifest.json')
  const manifest = readAs(manifestSchema, manifestText)
  if (!manifest) throw new Error('The manifest of the export cannot be read: it was altered.')
  const publicKey = text('public-key.pem')
  const key = fingerprint(publicKey)
  const problems: string[] = []
  if (!isSignedBy(manifestText, text('manifest.sig').trim(), publicKey))
    problems.push('the signature does not fit the manifest')
  if (manifest.key !== key || (trusted !== undefined && trusted !== key))
    problems.push(`the key is another one: ${key}`)
  const lines = text('events.jsonl')
  if (sha256(lines) !== manifest.sha256) problems.push('the events are not those of the manifest')
  const chain = chainProblem(lines, manifest)
  return { manifest, problems: chain ? [...problems, chain] : problems }
}

function chainProblem(lines: string, manifest: ExportManifest): string | null {
  let { previous } = manifest
  let seq = manifest.from - 1
  let count = 0
  for (const line of lines.split('\n').filter(Boolean)) {
    seq++
    const row = readAs(lineSchema, line)
    const told = row && readAs(z.object({ seq: z.number() }), row.event)
    if (!(row && told)) return `event ${seq} cannot be read: it was altered`
    if (row.seq !== seq || told.seq !== seq) return `event ${row.seq} stands where event ${seq} belongs`
    if (row.previous !== previous) return `event ${seq} does not follow the event before it`
    if (sha256(Buffer.from(previous, 'hex'), row.event) !== row.hash) return `the content of event ${seq} was altered`
    previous = row.hash
    count++
  }
  return count === manifest.count && previous === manifest.hash && seq === manifest.to
    ? null
    : 'events are missing at its end'
}
