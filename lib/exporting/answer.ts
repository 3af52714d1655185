import 'server-only'
import { finished, Readable } from 'node:stream'
import { type Format, formats } from './formats'
import { TooManyExports } from './limits'

/** A file as an answer, sent as fast as it is taken; `done` is called once, when it is over in whatever way. */
export function fileAnswer(stream: Readable, name: string, format: Format, done: () => void): Response {
  finished(stream, done)
  // What was sent cannot be taken back: a connection that breaks is how the browser knows that the file is not whole.
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': formats[format].type,
      'content-disposition': `attachment; filename="${name}"`,
      'x-accel-buffering': 'no',
    },
  })
}

/** Too many at once: in words, and when to try again. */
export function refusal(error: unknown): Response {
  if (!(error instanceof TooManyExports)) throw error
  return new Response(`${error.message}\n`, {
    status: 429,
    headers: { 'retry-after': String(error.seconds), 'content-type': 'text/plain; charset=utf-8' },
  })
}
