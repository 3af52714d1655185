import 'server-only'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { env } from '@/lib/env'

type Claims = { sub: string; iss: string }

/** The OpenID Connect provider of the settings, in a list that is empty where none is configured. */
export function oidcProvider(): OAuthConfig<Claims>[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env()
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return []
  return [
    {
      id: 'oidc',
      name: OIDC_NAME,
      type: 'oauth',
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      authorization: { params: { scope: 'openid email profile' } },
      checks: ['pkce', 'state', 'nonce'],
      idToken: true,
      // Many providers keep the address out of the ID token, whose issuer and subject are checked by then. Given the
      // whole set of tokens, the client library refuses an answer about another subject.
      userinfo: {
        request: async ({ client, tokens }) => ({
          ...(await client.userinfo(tokens as Parameters<typeof client.userinfo>[0])),
          iss: client.issuer.metadata.issuer,
        }),
      },
      profile: (claims) => ({ id: claims.sub }),
    },
  ]
}
