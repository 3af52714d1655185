import type { Sql } from 'postgres'
import { type Viewer, viewerFor } from '@/lib/access/viewer'

/** The account whose devices are measured. */
export const DOMAIN = 'aurora.example'
/** Who asks: one who sees the whole account, and one who sees some of its Virtual Accounts. */
export const PERSONAS = { account: 'admin@aurora.example', some: 'va-admin@aurora.example' } as const
export type ViewerKind = keyof typeof PERSONAS

export const benchViewer = (owner: Sql, kind: ViewerKind): Promise<Viewer> => viewerAs(owner, PERSONAS[kind])

/** The viewer that the person of this address is in the account, asked of the database that the settings name. */
export async function viewerAs(owner: Sql, email: string): Promise<Viewer> {
  const [user] = await owner<{ id: number }[]>`select id::int from users where email = ${email}`
  const viewer = user && (await viewerFor(user.id, DOMAIN))
  if (!viewer) throw new Error(`${email} of ${DOMAIN} is not in this database.`)
  return viewer
}
