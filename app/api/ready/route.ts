import { isReachable } from '@/lib/access/database'

/** Whether requests can be served now: the database answers. Says so within a second, either way. */
export async function GET(): Promise<Response> {
  if (await isReachable(700)) return Response.json({ status: 'ready' })
  return Response.json({ status: 'unavailable', reason: 'The database does not answer.' }, { status: 503 })
}

export const dynamic = 'force-dynamic'
