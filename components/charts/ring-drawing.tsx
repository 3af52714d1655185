import { count } from './scale'
import type { Slice } from './types'

/** A circle whose circumference is 100, so that a share is a length of dash. */
const radius = 100 / (2 * Math.PI)
const gap = 0.8

/** The ring as the server draws it; see BarDrawing. */
export function RingDrawing({ slices }: { slices: Slice[] }) {
  const total = slices.reduce((sum, { value }) => sum + value, 0)
  const drawn = slices.filter(({ value }) => value > 0)
  let start = 0
  return (
    <svg viewBox="0 0 38 38" className="ring-art" aria-hidden="true">
      {drawn.map(({ label, tone, value, href }) => {
        const share = (value / total) * 100
        const dash = drawn.length > 1 ? Math.max(0.4, share - gap) : share
        const arc = (
          <circle
            key={label}
            cx="19"
            cy="19"
            r={radius}
            className={`series-${tone}`}
            strokeDasharray={`${dash} ${100 - dash}`}
            strokeDashoffset={25 - start - (drawn.length > 1 ? gap / 2 : 0)}
          >
            <title>{`${label}: ${count(value)}`}</title>
          </circle>
        )
        start += share
        return href ? (
          <a key={label} href={href} tabIndex={-1}>
            {arc}
          </a>
        ) : (
          arc
        )
      })}
    </svg>
  )
}
