import 'server-only'
import type { Sql } from 'postgres'

/** Of a connection of postgres.js: the queue that it waits in, by what it may be given to do. */
type Queue = { push(connection: Connection): unknown; remove(connection: Connection): unknown }
type Connection = { queue: Queue }
type Beginning = { onexecute?: (connection: Connection) => unknown }

/**
 * Lets the first statements of a transaction travel with its beginning, a round trip less for every page: postgres.js waits
 * for the answer to `begin`. Its begin() is told as soon as that was sent, and its connection stands again where one stands
 * that has answered. When there is no answer, the statements that follow find out.
 */
export function pipelined(client: Sql): Sql {
  const { unsafe } = client
  const sending = (...[text, given, options]: Parameters<typeof unsafe>) => {
    const { onexecute } = (options ?? {}) as Beginning
    if (!onexecute) return unsafe(text, given, options)
    const sent = new Promise<void>((resolve, reject) => {
      const reserve = (connection: Connection) => {
        onexecute(connection)
        const reserved = connection.queue
        // Whoever sent it takes the connection for one that can be given no more.
        queueMicrotask(() => {
          connection.queue.remove(connection)
          reserved.push(connection)
          connection.queue = reserved
          resolve()
        })
      }
      unsafe(text, given, { ...options, onexecute: reserve } as typeof options).catch(reject)
    })
    return { execute: () => sent }
  }
  return Object.assign(client, { unsafe: sending })
}
