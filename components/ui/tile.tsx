import type { ReactNode } from 'react'

type TileProps = {
  label: string
  /** Already formatted: "6,000", "42 %", or "–" where the base is nothing. */
  value: string
  /** The rows that the number counts; the whole tile leads there. */
  href?: string
  /** Beside the value: "of 6,000 devices". */
  base?: ReactNode
  /** Under it: source, as-of, what changed. */
  note?: ReactNode
  /** An Explain popover. */
  explain?: ReactNode
  /** 0 to 1: draws a meter under the value. */
  share?: number
  tone?: 'good' | 'warn' | 'bad'
}

/** One number of the account. Put tiles into `<div className="tiles">`. */
export function Tile({ label, value, href, base, note, explain, share, tone }: TileProps) {
  return (
    <section className="tile" aria-label={label}>
      <div className="tile-label">
        {label}
        {explain}
      </div>
      <div className="tile-value">
        {href ? (
          <a href={href} className="figure-number" aria-label={`${label}: ${value}`}>
            {value}
          </a>
        ) : (
          <span className="figure-number">{value}</span>
        )}
        {base ? <span className="text-ink-muted">{base}</span> : null}
      </div>
      <div className="tile-note">
        {share === undefined ? null : <Meter share={share} {...(tone && { tone })} />}
        {note}
      </div>
    </section>
  )
}

/** A share as a bar. Decorative: the number stands beside it. */
export function Meter({ share, tone }: { share: number; tone?: 'good' | 'warn' | 'bad' }) {
  const width = `${Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10}%`
  return (
    <span className={`meter ${tone ? `meter-${tone}` : ''}`} aria-hidden="true">
      <span style={{ width }} />
    </span>
  )
}
