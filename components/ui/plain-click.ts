/** The link of a plain click that stays on this site and in this window. */
export function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
  const isHere = link && link.origin === location.origin && !link.target && !link.download && !('hard' in link.dataset)
  return isPlain && isHere ? link : null
}
