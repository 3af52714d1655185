// The search in a long check list, loaded after the first paint.

const fieldOf = ({ target }: Event) =>
  target instanceof HTMLInputElement && 'narrows' in target.dataset ? target : null

function narrow(facet: Element | null, words: string): void {
  for (const row of facet?.querySelectorAll<HTMLElement>('.check-row') ?? [])
    row.hidden = words !== '' && !(row.querySelector(':checked') || row.textContent?.toLowerCase().includes(words))
  const rest = facet?.querySelector<HTMLDetailsElement>('.facet-rest')
  if (rest && words) rest.open = true
}

/** Begins, once for the life of the document. */
export function startNarrowing(): void {
  document.addEventListener('input', (event) => {
    const field = fieldOf(event)
    if (field) narrow(field.closest('.facet'), field.value.trim().toLowerCase())
  })
  document.addEventListener('keydown', (event) => {
    // It would send the form that the list is in.
    if (event.key === 'Enter' && fieldOf(event)) event.preventDefault()
  })
}
