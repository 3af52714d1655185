import { type NotOfferedName, notOffered } from '@/lib/elsewhere'
import { elsewhere } from '@/lib/paths'

/** What somebody may look for at this place and is not offered here: a line each, and where to go. */
export function NotOffered({ names }: { names: readonly NotOfferedName[] }) {
  return (
    <div className="device-note text-ink-muted">
      {names.map((name) => {
        const { title, what, where } = notOffered[name]
        return (
          <p key={name}>
            <b>{title}:</b> {what} {where}
          </p>
        )
      })}
      <p>
        <a href={elsewhere()} className="link">
          All that is not offered here
        </a>
      </p>
    </div>
  )
}
