import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** How a wire carries: at all, how late, and how much. */
type Carriage = { isCut?: boolean; delayMs?: number; bytesPerSecond?: number }

/** A wire to the database that can be made bad. Nothing is closed by that: bytes stay away, come late, or slowly. */
export type Wire = { port: number; carry(how: Carriage): void; stop(): Promise<void> }

export async function wireTo(host: string, port: number): Promise<Wire> {
  let how: Carriage = {}
  const sockets = new Set<Socket>()
  const waiting = new Set<() => void>()

  const sent = async (bytes: Buffer) => {
    while (how.isCut) await new Promise<void>((done) => waiting.add(done))
    const { delayMs = 0, bytesPerSecond } = how
    const slow = bytesPerSecond === undefined ? 0 : (bytes.length / bytesPerSecond) * 1000
    if (delayMs + slow > 0) await new Promise((done) => setTimeout(done, delayMs + slow))
  }
  const carryFrom = async (from: Socket, to: Socket) => {
    for await (const bytes of from as AsyncIterable<Buffer>) {
      await sent(bytes)
      if (!to.write(bytes) && !to.destroyed) await new Promise((done) => to.once('drain', done).once('close', done))
    }
  }
  const server = createServer((near) => {
    const far = connect(port, host)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(from)
          to.destroy()
        })
      carryFrom(from, to).catch(() => undefined)
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    carry(next) {
      how = next
      if (!next.isCut) for (const go of waiting) go()
      waiting.clear()
    },
    stop() {
      for (const socket of sockets) socket.destroy()
      return new Promise((done) => server.close(() => done()))
    },
  }
}
