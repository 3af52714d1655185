import { connect, type Socket } from 'node:net'
import type { Sql } from 'postgres'

/** Time spent waiting for the database, over all clients that are under the watch; one of them at a time. */
let waited = 0
let asked = 0
let answered = 0

function turn(): void {
  if (answered > asked) waited += answered - asked
  asked = performance.now()
  answered = 0
}

/** Milliseconds from each question to the last of its answer so far; what travels together is one question. */
export const sqlTime = (): number => waited + Math.max(0, answered - asked)

/** Puts a client that has not connected yet under the watch. */
export function underWatch(client: Sql): Sql {
  const options: { socket?: unknown; host: string[]; port: number[] } = client.options as never
  options.socket = () =>
    new Promise<Socket>((done, fail) => {
      const socket = connect(options.port[0] ?? 5432, options.host[0] ?? 'localhost')
      const write = socket.write.bind(socket)
      socket.write = ((...given: Parameters<typeof write>) => {
        if (answered > 0 || asked === 0) turn()
        return write(...given)
      }) as typeof socket.write
      socket.on('data', () => {
        answered = performance.now()
      })
      socket
        .setNoDelay(true)
        .once('error', fail)
        .once('connect', () => done(socket))
    })
  return client
}
