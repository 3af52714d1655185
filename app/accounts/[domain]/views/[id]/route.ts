import { notFound, redirect } from 'next/navigation'
import { getViewer } from '@/lib/access/signed-in'
import { idOf } from '@/lib/paths'
import { openView } from '@/lib/views/queries'

/** A saved view's own short address: leads to its list, with the rows that whoever opens it sees. */
export async function GET(_: Request, { params }: { params: Promise<{ domain: string; id: string }> }) {
  const { domain, id } = await params
  const viewer = await getViewer(domain)
  const wanted = idOf(id)
  const href = wanted === null ? null : await openView(viewer, wanted)
  redirect(href ?? notFound())
}
