import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export type Claims = { sub: string; email?: string; email_verified?: boolean; name?: string }

/** A real OpenID Connect provider on a loopback port. `people` is read at each sign-in and may be changed. */
export type IdentityProvider = { issuer: string; people: Map<string, Claims>; stop(): Promise<void> }

export const CLIENT = { id: 'license-central', secret: 'known-to-the-provider-and-the-server' }

/** `redirectUri` is where the provider sends people back to. */
export async function startIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people = new Map<string, Claims>()
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => people.get(id) ?? { sub: id } }),
  })
  server.on('request', provider.callback())
  return { issuer, people, stop: () => new Promise((done) => server.close(() => done())) }
}

/** Signs `login` in at the provider, as its pages ask, and gives the address that it sends the browser back to. */
export async function signInAt(provider: IdentityProvider, authorization: string, login: string): Promise<string> {
  const jar = new Map<string, string>()
  let address = authorization
  let form: URLSearchParams | null = null
  for (let step = 0; step < 12; step++) {
    if (!address.startsWith(provider.issuer)) return address
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: form }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const location = answer.headers.get('location')
    form = null
    if (location) {
      address = new URL(location, provider.issuer).href
    } else {
      const page = await answer.text()
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
      if (!prompt) throw new Error(`The provider does not go on: ${answer.status} ${page.slice(0, 300)}`)
      form = new URLSearchParams({ prompt, login, password: 'any' })
    }
  }
  throw new Error('The provider does not come to an end.')
}
