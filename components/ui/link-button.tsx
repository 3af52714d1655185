import Link from 'next/link'
import type { ComponentPropsWithoutRef } from 'react'
import { ButtonContent, buttonFace, type Look } from './button-face'

/** A link that looks like a button: it leads somewhere, a button does something. Apart from Button, whose users need no link script. */
export function LinkButton({
  look,
  size,
  icon,
  iconOnly,
  className,
  children,
  ...rest
}: Look & ComponentPropsWithoutRef<typeof Link>) {
  return (
    <Link {...buttonFace({ look, size, iconOnly }, children, className)} {...rest}>
      <ButtonContent icon={icon} iconOnly={iconOnly}>
        {children}
      </ButtonContent>
    </Link>
  )
}
