import type { Stat } from '@/lib/overview/stats'

/** A stat as it is read, leading to its rows where there is a list of them. */
export function StatNumber({ stat, text }: { stat: Pick<Stat, 'href'>; text: string }) {
  if (!stat.href) return <span>{text}</span>
  return (
    <a href={stat.href} className="stat-link">
      {text}
    </a>
  )
}
