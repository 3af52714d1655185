import type { ComponentProps } from 'react'
import { ButtonContent, buttonFace, type Look } from './button-face'
import { Link } from './link'

/** A link that looks like a button: it leads somewhere, a button does something. */
export function LinkButton({
  look,
  size,
  icon,
  iconOnly,
  className,
  children,
  ...rest
}: Look & ComponentProps<typeof Link>) {
  return (
    <Link {...buttonFace({ look, size, iconOnly }, children, className)} {...rest}>
      <ButtonContent icon={icon} iconOnly={iconOnly}>
        {children}
      </ButtonContent>
    </Link>
  )
}
