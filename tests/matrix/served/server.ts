import { freePort } from '@/db/embedded/free-port'
import { childEnvironment } from '@/lib/env'
import { serverSecrets } from '@/scripts/own-secrets'
import { serve, untilAnswering } from '@/scripts/serve'
import { NOW } from '../people'
import { openScene, type Scene } from '../scene'

/** The production server on the data of the matrix. */
export type Served = { scene: Scene; origin: string; secret: string; stop(): Promise<void> }

const HOSTNAME = '127.0.0.1'

export async function openServed(devices: number): Promise<Served> {
  const scene = await openScene(devices)
  try {
    const port = await freePort()
    const origin = `http://${HOSTNAME}:${port}`
    const environment = {
      ...serverSecrets(),
      DATABASE_URL: scene.appUrl,
      NEXTAUTH_URL: origin,
      DEMO: '1',
      DEMO_NOW: NOW,
      EXPORT_JOBS: '0',
      // Each plans its statements for itself: as few as a judge keeps busy.
      DATABASE_CONNECTIONS: '6',
    }
    const server = await serve({ mode: 'start', port, hostname: HOSTNAME, environment, quiet: true })
    if (!(await untilAnswering(server, port, HOSTNAME)))
      throw new Error('The production server ended before it answered.')
    const stop = () => server.stop().then(scene.drop)
    return { scene, origin, secret: secretOf(environment), stop }
  } catch (error) {
    await scene.drop()
    throw error
  }
}

const secretOf = (environment: Record<string, string>) => childEnvironment(environment)['NEXTAUTH_SECRET'] ?? ''
