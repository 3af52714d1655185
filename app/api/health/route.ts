/** The process answers. Asks no database: a restart of the process does not bring one back. */
export function GET(): Response {
  return Response.json({ status: 'ok' })
}

export const dynamic = 'force-dynamic'
