import { clientNetwork } from './client-network'

test.each([
  ['127.0.0.1', 0, '127.0.0.1'],
  // Reached directly: what the client wrote is not read.
  ['203.0.113.9, 198.51.100.7', 0, '198.51.100.7'],
  ['203.0.113.9, 198.51.100.7, 10.0.0.1', 1, '198.51.100.7'],
  ['203.0.113.9, 198.51.100.7, 10.0.0.2, 10.0.0.1', 2, '198.51.100.7'],
  // Fewer addresses than proxies: the request came around one of them.
  ['10.0.0.1', 2, '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', 0, '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', 0, '2001:db8:1:2::/64'],
  ['2001:db8::1', 0, '2001:db8:0:0::/64'],
  ['::1', 0, '0:0:0:0::/64'],
  ['fe80::1%eth0', 0, 'fe80:0:0:0::/64'],
  ['::ffff:198.51.100.7', 0, '198.51.100.7'],
  ['nonsense', 0, 'unknown'],
  [null, 0, 'unknown'],
])('%s behind %i proxies is %s', (forwardedFor, hops, network) => {
  expect(clientNetwork(forwardedFor, hops)).toBe(network)
})
