import { loopbackOrigin } from './loopback'

test.each([
  ['localhost:3000', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['[::1]:3000', 'http://localhost:3000', 'http://localhost:3000'],
  ['127.0.0.1:3000', 'http://127.0.0.1:3000', null],
  ['localhost:3001', 'http://127.0.0.1:3000', null],
  ['evil.test:3000', 'http://127.0.0.1:3000', null],
  ['localhost', 'https://licenses.test', null],
  ['local host', 'http://127.0.0.1:3000', null],
  [null, 'http://127.0.0.1:3000', null],
])('%s on %s goes to %s', (host, origin, target) => expect(loopbackOrigin(host, origin)).toBe(target))
