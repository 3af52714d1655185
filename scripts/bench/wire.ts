import { createServer, connect as dial, type Server, type Socket } from 'node:net'

/** Something between the product and its database that counts how often one waits for the other. */
export type Wire = { url: string; count(): number; reset(): void; close(): Promise<void> }

/**
 * A wire to the database of `url`. A round trip is one turn: the client sends after the server has answered. What
 * travels together, however many statements, is one.
 */
export async function openWire(url: string): Promise<Wire> {
  const target = new URL(url)
  const [host, port] = [target.hostname, Number(target.port || 5432)]
  const sockets = new Set<Socket>()
  let turns = 0
  const server: Server = createServer((client) => {
    const database = dial(port, host)
    let isAnswered = true
    client.on('data', (bytes) => {
      if (isAnswered) turns++
      isAnswered = false
      database.write(bytes)
    })
    database.on('data', (bytes) => {
      isAnswered = true
      client.write(bytes)
    })
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one)
      one
        .setNoDelay(true)
        .on('error', () => other.destroy())
        .on('close', () => other.destroy())
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The wire has no port.')
  target.hostname = '127.0.0.1'
  target.port = String(address.port)
  return {
    url: target.href,
    count: () => turns,
    reset: () => {
      turns = 0
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((done) => server.close(() => done()))
    },
  }
}
