import { NextResponse } from 'next/server'
import { getViewer } from '@/lib/access/signed-in'
import { today } from '@/lib/clock'
import { hitOf } from '@/lib/search/hits'
import { search } from '@/lib/search/queries'
import { parseSearch } from '@/lib/search/schema'
import type { Suggestion } from '@/lib/search/suggestion'
import { kinds, parseTerms } from '@/lib/search/terms'
import { paramsOf } from '@/lib/table/href'

const IN_GROUP = 3
const AT_MOST = 10
/** Below so many characters too much matches to be of use. */
const SHORTEST = 2

/** What somebody may mean who is typing: the best of each kind, in the viewer's scope. Nothing is kept of it anywhere. */
export async function GET(request: Request, { params }: { params: Promise<{ domain: string }> }) {
  const viewer = await getViewer((await params).domain)
  const { q } = parseSearch(paramsOf(new URL(request.url).searchParams))
  const { terms, problems } = parseTerms(q, today())
  const isLong = problems.length === 0 && terms.text.length >= SHORTEST
  const found = isLong ? await search(viewer, terms, { offset: 0, size: IN_GROUP }) : []
  const suggestions = found.flatMap(({ kind, rows }): Suggestion[] =>
    rows.map((row) => {
      const { title, detail, href } = hitOf(viewer, row)
      return { group: kinds[kind].many, title, detail, href }
    }),
  )
  return NextResponse.json(suggestions.slice(0, AT_MOST), { headers: { 'cache-control': 'no-store' } })
}
