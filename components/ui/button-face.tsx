import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

export type Look = {
  look?: 'plain' | 'primary' | 'quiet' | 'danger' | undefined
  size?: 'normal' | 'small' | undefined
  icon?: IconName | undefined
  /** Shows the icon alone; the children become the accessible name and the title. */
  iconOnly?: boolean | undefined
}

/** Classes and title that Button and LinkButton share. */
export function buttonFace(
  { look = 'plain', size = 'normal', iconOnly = false }: Look,
  children: ReactNode,
  extra = '',
) {
  const parts = ['button', look !== 'plain' && `button-${look}`, size === 'small' && 'button-small']
  const className = [...parts, iconOnly && 'button-icon', extra].filter(Boolean).join(' ')
  return { className, ...(iconOnly && typeof children === 'string' && { title: children }) }
}

export function ButtonContent({ icon, iconOnly, children }: Look & { children: ReactNode }) {
  return (
    <>
      {icon ? <Icon name={icon} /> : null}
      {iconOnly ? <span className="sr-only">{children}</span> : children}
    </>
  )
}
