const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * The configured origin, when a request came to the same server by another name of this machine. Forms would be
 * refused there and cookies would be others, so the browser goes to the name that the server knows. Else null.
 */
export function loopbackOrigin(host: string | null, origin: string): string | null {
  const known = new URL(origin)
  const used = host ? URL.parse(`http://${host}`) : null
  if (!used || used.host === known.host || used.port !== known.port) return null
  return LOOPBACK.includes(used.hostname) && LOOPBACK.includes(known.hostname) ? origin : null
}
