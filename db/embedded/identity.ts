import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Who Postgres runs as: it refuses to run as root. `prefix` goes before the command, `user` into the spawn options. */
export type Identity = { prefix: string[]; user?: { uid: number; gid: number } }

/** `dataOwner` is the user id that owns an existing cluster: a cluster runs as who it belongs to. */
export function postgresIdentity(dataOwner: number | undefined): Identity {
  if (process.getuid?.() !== 0) return { prefix: [] }
  if (dataOwner) return { prefix: [], user: { uid: dataOwner, gid: dataOwner } }
  const namespace = ['unshare', '--user', '--map-user=nobody']
  const works = spawnSync('unshare', [...namespace.slice(1), 'true'], { stdio: 'ignore' }).status === 0
  return works ? { prefix: namespace } : { prefix: [], user: nobody() }
}

function nobody(): { uid: number; gid: number } {
  const ask = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim())
  return { uid: ask('-u'), gid: ask('-g') }
}

/** Whether a user without rights of its own can get to `folder`: every folder above lets others pass. */
export function reachableByOthers(folder: string): boolean {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found && (found.mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}
