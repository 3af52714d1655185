import { Link } from '@/components/ui/link'
import { Badge } from '@/components/ui/status'
import type { Hit } from '@/lib/search/hits'

/**
 * Things that were found: what each is called, what tells it from others, where it is and how it stands. `what` says its
 * kind, where several stand side by side.
 */
export function FoundList({ hits }: { hits: readonly (Hit & { what?: string })[] }) {
  return (
    <ul className="found-list">
      {hits.map(({ title, detail, place, status, href, isExact, what }) => (
        <li key={`${href} ${title}`}>
          <Link href={href} className="found-title wrap-anywhere">
            {title}
          </Link>
          {isExact ? <span className="found-exact">{what ?? 'Exact match'}</span> : null}
          <span className="found-detail wrap-anywhere">{[detail, place].filter(Boolean).join(' · ')}</span>
          {status ? <Badge tone={status.tone}>{status.text}</Badge> : null}
        </li>
      ))}
    </ul>
  )
}
