import type { ReactNode } from 'react'
import { Icon, type IconName, Rosette } from './icon'
import { type Tone, toneIcon } from './status'

type NoticeProps = { tone?: Tone; title?: ReactNode; children?: ReactNode; action?: ReactNode; live?: boolean }

/** Something the reader should know here. `live` reads it out when it appears after an action. */
export function Notice({ tone = 'info', title, children, action, live = false }: NoticeProps) {
  return (
    <div className={`notice tone-${tone}`} {...(live && { role: tone === 'bad' ? 'alert' : 'status' })}>
      <Icon name={toneIcon[tone]} />
      <div>
        {title ? <strong className="block">{title}</strong> : null}
        {children}
      </div>
      {action}
    </div>
  )
}

const kinds = {
  nothing: { icon: 'license', tone: 'neutral' },
  'no-match': { icon: 'search', tone: 'neutral' },
  failed: { icon: 'error', tone: 'bad' },
  degraded: { icon: 'warning', tone: 'warn' },
} as const satisfies Record<string, { icon: IconName; tone: Tone }>

type EmptyProps = {
  /** nothing: none yet; no-match: filters exclude all; failed: could not be loaded; degraded: a source is missing. */
  kind: keyof typeof kinds
  title: ReactNode
  /** Why, and what to do, in one or two sentences. */
  children?: ReactNode
  /** LinkButtons or Buttons: clear the filters, retry, import. */
  actions?: ReactNode
  icon?: IconName
  /** Shown to be quoted to support. */
  reference?: string | undefined
  level?: 1 | 2
}

/** Stands where rows would stand. What could not be loaded must never read as "there is nothing". */
export function Empty({ kind, title, children, actions, icon, reference, level = 2 }: EmptyProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className={`empty tone-${kinds[kind].tone}`} {...(kind === 'failed' && { role: 'alert' })}>
      <div className="empty-art">
        <Rosette />
        <Icon name={icon ?? kinds[kind].icon} />
      </div>
      <Heading>{title}</Heading>
      {children ? <p>{children}</p> : null}
      {reference ? (
        <p>
          Reference <span className="identifier select-all font-semibold text-ink">{reference}</span>
        </p>
      ) : null}
      {actions ? <div className="empty-actions">{actions}</div> : null}
    </div>
  )
}
