import type { ComponentPropsWithRef } from 'react'

type Props = ComponentPropsWithRef<'a'> & {
  href: string
  /** False where the page under it stays as it is. */
  scroll?: boolean
  /** Takes the place of this page in the browser's history. */
  replace?: boolean
}

/**
 * A link that changes the page in place: `SoftLinks` listens for all of them, so that one costs neither script nor state in
 * the browser, and works without. Nothing is fetched ahead: a page is drawn for one person, when they ask for it.
 */
export function Link({ scroll = true, replace = false, ...props }: Props) {
  const how = [!scroll && 'stay', replace && 'replace'].filter(Boolean).join(' ')
  return <a {...props} data-soft={how} />
}
