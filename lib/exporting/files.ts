import 'server-only'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { env } from '@/lib/env'

// A finished export has the name of its id. While it is written it has another one, of the run that writes it.

const UNFINISHED = '.part'
const UNFINISHED_MS = 60 * 60_000
/** A little longer than an export is kept, for files that nobody ended. */
const FORGOTTEN_MS = 25 * 60 * 60_000

const folder = () => resolve(env().EXPORTS_FOLDER)
const fileOf = (id: string) => join(folder(), id)
const partOf = (id: string, run: string) => `${fileOf(id)}.${run}${UNFINISHED}`

/** Where a run writes its file. */
export async function openPart(id: string, run: string): Promise<Writable> {
  await mkdir(folder(), { recursive: true })
  return createWriteStream(partOf(id, run), { flags: 'wx', mode: 0o600, flush: true })
}

/** Gives the file its name, whole. */
export const finishPart = (id: string, run: string) => rename(partOf(id, run), fileOf(id))

export const dropPart = (id: string, run: string) => rm(partOf(id, run), { force: true })

export const dropFile = (id: string) => rm(fileOf(id), { force: true })

/** A finished file and its size; null where it is gone. */
export async function openFile(id: string): Promise<{ size: number; body: Readable } | null> {
  const found = await stat(fileOf(id)).catch(() => null)
  return found ? { size: found.size, body: createReadStream(fileOf(id)) } : null
}

/** Takes away what runs that were cut short, and exports that nobody ended, have left. */
export async function sweepFiles(): Promise<void> {
  const names = await readdir(folder()).catch(() => [])
  for (const name of names) {
    const path = join(folder(), name)
    const found = await stat(path).catch(() => null)
    const longest = name.endsWith(UNFINISHED) ? UNFINISHED_MS : FORGOTTEN_MS
    if (found && Date.now() - found.mtimeMs > longest) await rm(path, { force: true })
  }
}
