import type { Milestone } from '@/lib/resources/device-facts'
import { readDate } from '@/lib/table/cells'

/** The dates of a device's life in order, with today between what was and what comes. */
export function Timeline({ milestones, day }: { milestones: Milestone[]; day: string }) {
  if (milestones.length === 0) return null
  const next = milestones.findIndex(({ isPast }) => !isPast)
  const at = next === -1 ? milestones.length : next
  return (
    <ol className="timeline" aria-label="Dates in order">
      {milestones.slice(0, at).map((milestone) => (
        <Step key={milestone.label} {...milestone} />
      ))}
      <li className="timeline-today">
        <span>Today</span>
        <time dateTime={day}>{readDate(day)}</time>
      </li>
      {milestones.slice(at).map((milestone) => (
        <Step key={milestone.label} {...milestone} />
      ))}
    </ol>
  )
}

function Step({ label, date, isPast }: Milestone) {
  return (
    <li className={isPast ? 'timeline-past' : undefined}>
      <span>{label}</span>
      <time dateTime={date}>{readDate(date)}</time>
    </li>
  )
}
