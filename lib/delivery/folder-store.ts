import 'server-only'
import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isKey, type ObjectStore } from './objects'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | undefined)?.code
const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')

/** Objects as files of a folder, which is made when the first one is added. */
export function folderStore(folder: string): ObjectStore {
  const root = resolve(folder)
  const fileOf = (key: string) => {
    if (!isKey(key)) throw new Error(`No object can have the key ${JSON.stringify(key)}.`)
    return join(root, key)
  }
  return {
    async open(key, piece) {
      try {
        const file = await open(fileOf(key))
        const { size } = await file.stat()
        return { size, body: file.createReadStream(piece) }
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    async add(key, bytes) {
      const file = fileOf(key)
      await mkdir(dirname(file), { recursive: true })
      // Whole or not at all: written beside, then given its name, which fails where that is taken.
      const unfinished = `${file}.${randomUUID()}.new`
      await writeFile(unfinished, bytes, { flag: 'wx', mode: 0o440, flush: true })
      try {
        await link(unfinished, file)
        return true
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false
        throw error
      } finally {
        await rm(unfinished, { force: true })
      }
    },
    async list(prefix) {
      const at = prefix.slice(0, prefix.lastIndexOf('/') + 1)
      const found = await readdir(join(root, at), { recursive: true, withFileTypes: true }).catch((error) => {
        if (isMissing(error)) return []
        throw error
      })
      return found
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.new'))
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        .filter((key) => key.startsWith(prefix))
        .sort()
    },
  }
}
