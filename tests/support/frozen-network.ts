import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server that can stop carrying anything, as a broken network does: nothing is closed, nothing arrives. */
export type Way = { port: number; freeze(): void; thaw(): void; stop(): Promise<void> }

export async function wayTo(host: string, port: number): Promise<Way> {
  const sockets = new Set<Socket>()
  let isFrozen = false
  const server = createServer((near) => {
    const far = connect(port, host)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy()).on('close', () => to.destroy())
      from.on('data', (bytes) => to.write(bytes))
      if (isFrozen) from.pause()
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const each = (act: (socket: Socket) => void) => {
    for (const socket of sockets) act(socket)
  }
  return {
    port: (server.address() as AddressInfo).port,
    freeze() {
      isFrozen = true
      each((socket) => socket.pause())
    },
    thaw() {
      isFrozen = false
      each((socket) => socket.resume())
    },
    stop() {
      each((socket) => socket.destroy())
      return new Promise((done) => server.close(() => done()))
    },
  }
}
