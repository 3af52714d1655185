import Link from 'next/link'
import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { Icon, type IconName } from './icon'

type Look = {
  look?: 'plain' | 'primary' | 'quiet' | 'danger'
  size?: 'normal' | 'small'
  icon?: IconName
  /** Shows the icon alone; the children become the accessible name and the title. */
  iconOnly?: boolean
}

function buttonClass({ look = 'plain', size = 'normal', iconOnly = false }: Look, extra = '') {
  const parts = ['button', look !== 'plain' && `button-${look}`, size === 'small' && 'button-small']
  return [...parts, iconOnly && 'button-icon', extra].filter(Boolean).join(' ')
}

function content({ icon, iconOnly }: Look, children: ReactNode) {
  return (
    <>
      {icon ? <Icon name={icon} /> : null}
      {iconOnly ? <span className="sr-only">{children}</span> : children}
    </>
  )
}

/** `type` is "button" unless told otherwise, so that a button in a form does not send it by accident. */
export function Button({
  look,
  size,
  icon,
  iconOnly,
  className,
  children,
  ...rest
}: Look & ComponentPropsWithoutRef<'button'>) {
  const style = { ...(look && { look }), ...(size && { size }), ...(icon && { icon }), ...(iconOnly && { iconOnly }) }
  return (
    <button type="button" title={nameOf(style, children)} {...rest} className={buttonClass(style, className)}>
      {content(style, children)}
    </button>
  )
}

/** A link that looks like a button: it leads somewhere, a button does something. */
export function LinkButton({
  look,
  size,
  icon,
  iconOnly,
  className,
  children,
  ...rest
}: Look & ComponentPropsWithoutRef<typeof Link>) {
  const style = { ...(look && { look }), ...(size && { size }), ...(icon && { icon }), ...(iconOnly && { iconOnly }) }
  return (
    <Link title={nameOf(style, children)} {...rest} className={buttonClass(style, className)}>
      {content(style, children)}
    </Link>
  )
}

function nameOf({ iconOnly }: Look, children: ReactNode) {
  return iconOnly && typeof children === 'string' ? children : undefined
}
