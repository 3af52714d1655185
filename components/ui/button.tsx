import type { ComponentPropsWithoutRef } from 'react'
import { ButtonContent, buttonFace, type Look } from './button-face'

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
  return (
    <button type="button" {...buttonFace({ look, size, iconOnly }, children, className)} {...rest}>
      <ButtonContent icon={icon} iconOnly={iconOnly}>
        {children}
      </ButtonContent>
    </button>
  )
}
