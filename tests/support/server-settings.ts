import { childEnvironment } from '@/lib/env'
import { serverSecrets } from '@/scripts/own-secrets'

/** The address of the server under test; nothing listens there. */
export const ORIGIN = 'http://127.0.0.1:4000'

/** Gives this test file the settings of a server. They are read once: call it before anything asks for them. */
export function serveWith(settings: Record<string, string>): void {
  jest.replaceProperty(process, 'env', childEnvironment({ ...serverSecrets(), NEXTAUTH_URL: ORIGIN, ...settings }))
}
