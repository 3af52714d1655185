import { isIPv4, isIPv6 } from 'node:net'

/**
 * The network that a request came from: an IPv4 address, or the first 64 bits of an IPv6 one, which a single client
 * holds whole. `forwardedFor` ends with the peer of the connection (instrumentation.ts adds it); before it stand, from
 * the right, the addresses that our own `hops` proxies saw. What stands further left is the client's word and not read.
 */
export function clientNetwork(forwardedFor: string | null, hops: number): string {
  const addresses = (forwardedFor ?? '').split(',').map((text) => text.trim())
  return networkOf(addresses.at(-1 - hops) ?? addresses[0] ?? '')
}

function networkOf(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  if (isIPv4(plain)) return plain
  if (!isIPv6(plain)) return 'unknown'
  const [head = '', tail] = (plain.split('%')[0] ?? '').split('::')
  const groups = head ? head.split(':') : []
  if (tail !== undefined) {
    const end = tail ? tail.split(':') : []
    while (groups.length + end.length < 8) groups.push('0')
    groups.push(...end)
  }
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}
