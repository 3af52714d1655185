import { join } from 'node:path'

export const DATABASE_NAME = 'license_central'

/** What a running keeper tells the owners: how to reach it and its server. The nonce proves that it is that keeper. */
export type KeeperState = { keeperPort: number; port: number; nonce: string; password: string }

export const stateFile = (folder: string) => join(folder, 'keeper.json')

/** The address of a database on the embedded server, for its superuser. */
export function serverUrl(server: { port: number; password: string }, database: string): string {
  return `postgres://postgres:${server.password}@127.0.0.1:${server.port}/${database}`
}
