import type { IncomingMessage, ServerResponse } from 'node:http'

declare global {
  namespace NodeJS {
    interface ProcessEnv {
      readonly NEXT_RUNTIME?: string
    }
  }
}

/** Once in each process of the server, before its first request. */
export async function register(): Promise<void> {
  nameThePeer()
  // In this form alone Next leaves the import out of what it builds for its edge runtime, which is not used here.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startMailWorker } = await import('./lib/mail/worker')
    const { guardAnswer } = await import('./lib/access/outage-answer')
    onRequest(guardAnswer)
    const { letPagesFirst } = await import('./lib/exporting/pages-first')
    onRequest(letPagesFirst)
    startMailWorker()
    const { startViewWorker } = await import('./lib/views/worker')
    startViewWorker()
    const { startExportWorker } = await import('./lib/exporting/worker')
    startExportWorker()
    const { startHeads } = await import('./lib/changes/heads')
    startHeads()
  }
}

/**
 * Next believes X-Forwarded-For when a request brings one, and shows nobody the connection itself. The address of the
 * peer is written behind what came, as a proxy would do, so that limits can count by it (lib/access/client-network.ts).
 */
function nameThePeer(): void {
  onRequest((request) => {
    const before = request.headers['x-forwarded-for']
    const peer = request.socket.remoteAddress ?? 'unknown'
    request.headers['x-forwarded-for'] = before ? `${before}, ${peer}` : peer
  })
}

function onRequest(work: (request: IncomingMessage, response: ServerResponse) => void): void {
  // Not an import: Next builds this file for its edge runtime too, which is not used here and has no such module.
  const { subscribe } = globalThis.process.getBuiltinModule('node:diagnostics_channel')
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    work(request, response)
  })
}
