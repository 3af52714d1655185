import Link from 'next/link'
import type { Stat } from '@/lib/overview/stats'

/** A stat as it is read, leading to its rows where there is a list of them. */
export function StatNumber({ stat, text }: { stat: Pick<Stat, 'href'>; text: string }) {
  if (!stat.href) return <span>{text}</span>
  return (
    <Link href={stat.href} className="stat-link" prefetch={false}>
      {text}
    </Link>
  )
}
