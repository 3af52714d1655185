/** `npm start`: the production server on DATABASE_URL. Does not start on weak settings or an unsafe database. */
import { env } from '@/lib/env'
import { buildExists } from './production-build'
import { main } from './run'
import { serve } from './serve'

await main(async (cleanup) => {
  const { PORT, HOSTNAME } = env()
  if (!buildExists()) throw new Error('There is no production build yet: npm run build')
  const server = await serve({ mode: 'start', port: PORT, hostname: HOSTNAME })
  cleanup(server.stop)
  return server.ended
})
