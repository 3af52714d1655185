import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'neutral'

export const toneIcon: Record<Tone, IconName> = {
  good: 'check',
  warn: 'warning',
  bad: 'error',
  info: 'info',
  neutral: 'dash',
}

/** Icon and word in running text. In table cells write `<span className="state tone-good">`, which needs no drawing. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`status tone-${tone}`}>
      <Icon name={toneIcon[tone]} />
      {children}
    </span>
  )
}

/** The same as a pill; `plain` leaves out the icon where the word is a kind and not a state. */
export function Badge({
  tone = 'neutral',
  plain = false,
  children,
}: {
  tone?: Tone
  plain?: boolean
  children: ReactNode
}) {
  return (
    <span className={`status badge tone-${tone} ${plain ? 'badge-plain' : ''}`}>
      {plain ? null : <Icon name={toneIcon[tone]} />}
      {children}
    </span>
  )
}

/** How one thing stands, above what is known of it. */
export function Statuses({ statuses }: { statuses: readonly { text: string; tone: Tone }[] }) {
  return (
    <p className="flex flex-wrap gap-2">
      {statuses.map(({ text, tone }) => (
        <Badge key={text} tone={tone}>
          {text}
        </Badge>
      ))}
    </p>
  )
}
