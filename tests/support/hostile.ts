import { createHash } from 'node:crypto'
import { Invalid } from '@/lib/errors'
import type { FormatId } from '@/lib/importing/schema'
import { checksum } from './device-file'
import { AURORA, type ImportScene } from './import-scene'

export const MEGABYTE = 1024 * 1024

/** Bytes that no packer makes smaller, the same each time. */
export const noise = (length: number) =>
  Buffer.concat(
    Array.from({ length: Math.ceil(length / 32) }, (_, n) => createHash('sha256').update(String(n)).digest()),
  )

/** A file that is refused as a whole, and what is said. */
export type Refused = [what: string, file: () => Uint8Array, answer: string | RegExp]

/** Each file is answered within 5 seconds, in words for its person, and leaves nothing behind in any account. */
export function refusesAll(scene: ImportScene, format: FormatId, files: readonly Refused[]): void {
  test.each(files)(`${format}: %s is refused within 5 seconds, and leaves nothing`, async (_, make, answer) => {
    const file = make()
    const before = await checksum(scene.owner, AURORA)
    const started = performance.now()
    const failure = await scene.check(file, format).catch((error: unknown) => error)
    expect(performance.now() - started).toBeLessThan(5000)
    expect(failure).toBeInstanceOf(Invalid)
    const [problem = ''] = (failure as Invalid).problems
    if (typeof answer === 'string') expect(problem).toBe(answer)
    else expect(problem).toMatch(answer)
    expect(await checksum(scene.owner, AURORA)).toBe(before)
  })
}

/** A file that can be read, of which single rows are left out, and why they are. */
export type Partly = [
  what: string,
  file: () => Uint8Array,
  counts: { added: number; rejected: number },
  problem?: RegExp,
]

export function leavesOutRows(scene: ImportScene, format: FormatId, files: readonly Partly[]): void {
  const cases = files.map(([what, make, counts, problem]) => [what, make, counts, problem] as const)
  test.each(cases)(`${format}: %s: read, and told row by row`, async (_, make, counts, problem) => {
    const { runId, ...counted } = await scene.check(make(), format)
    expect(counted).toMatchObject(counts)
    const rows = await scene.owner<{ problem: string }[]>`
      select problem from import_plan where import_run_id = ${runId} and action = 'reject'`
    if (problem) expect(rows.map((row) => row.problem).join('\n')).toMatch(problem)
  })
}
