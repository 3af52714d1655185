import type { IncomingMessage } from 'node:http'

/**
 * Next believes X-Forwarded-For when a request brings one, and shows nobody the connection itself. The address of the
 * peer is written behind what came, as a proxy would do, so that limits can count by it (lib/access/client-network.ts).
 */
export function register(): void {
  // Not an import: Next builds this file for its edge runtime too, which is not used here and has no such module.
  const { subscribe } = globalThis.process.getBuiltinModule('node:diagnostics_channel')
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const before = request.headers['x-forwarded-for']
    const peer = request.socket.remoteAddress ?? 'unknown'
    request.headers['x-forwarded-for'] = before ? `${before}, ${peer}` : peer
  })
}
