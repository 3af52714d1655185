'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Suggestion } from '@/lib/search/suggestion'

const PAUSE_MS = 180
const SHORTEST = 2
const LIST = 'suggestions'

/**
 * What somebody may mean while they type into `field`: a combobox after the ARIA practices, around the plain field of the
 * bar. Enter without an option chosen sends the form, as it does without JavaScript.
 */
export function Suggestions({ field, href }: { field: HTMLInputElement; href: string }) {
  const router = useRouter()
  const [words, setWords] = useState(field.value)
  const [found, setFound] = useState<Suggestion[]>([])
  const [active, setActive] = useState(-1)
  const [isOpen, setOpen] = useState(true)
  const isShown = isOpen && found.length > 0

  useEffect(() => {
    const onInput = () => {
      setWords(field.value)
      setOpen(true)
    }
    const onFocusOut = () => setOpen(false)
    const onFocus = () => setOpen(true)
    const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': LIST }
    for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value)
    field.addEventListener('input', onInput)
    field.addEventListener('focus', onFocus)
    field.addEventListener('blur', onFocusOut)
    return () => {
      field.removeEventListener('input', onInput)
      field.removeEventListener('focus', onFocus)
      field.removeEventListener('blur', onFocusOut)
    }
  }, [field])

  useEffect(() => {
    setActive(-1)
    if (words.trim().length < SHORTEST) {
      setFound([])
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`${href}/suggestions?${new URLSearchParams({ q: words })}`, { signal: stop.signal })
        setFound(answer.ok ? await answer.json() : [])
      } catch {
        // Asked anew with the next letter.
      }
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [words, href])

  useEffect(() => {
    field.setAttribute('aria-expanded', String(isShown))
    if (isShown && active >= 0) field.setAttribute('aria-activedescendant', `${LIST}-${active}`)
    else field.removeAttribute('aria-activedescendant')
    const onKey = (event: KeyboardEvent) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      const chosen = found[active]
      if (event.key === 'Escape' && isShown) setOpen(false)
      else if (step && found.length > 0) {
        setOpen(true)
        setActive((active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length)
      } else if (event.key === 'Enter' && isShown && chosen) {
        setOpen(false)
        router.push(chosen.href)
      } else return
      event.preventDefault()
    }
    field.addEventListener('keydown', onKey)
    return () => field.removeEventListener('keydown', onKey)
  }, [field, found, active, isShown, router])

  const box = field.closest('search')
  if (!box) return null
  return createPortal(
    <>
      <div id={LIST} role="listbox" aria-label="Suggestions" className="suggestions" hidden={!isShown}>
        {found.map(({ group, title, detail, href: at }, index) => (
          // The field keeps the focus, so that it does not close the list before the press is over.
          <a
            key={`${at} ${title}`}
            id={`${LIST}-${index}`}
            href={at}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="suggestion"
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setActive(index)}
          >
            <span className="suggestion-group">{group}</span>
            <span className="suggestion-title">{title}</span>
            <span className="suggestion-detail">{detail}</span>
          </a>
        ))}
      </div>
      <p role="status" className="sr-only">
        {isShown ? `${found.length} suggestions` : ''}
      </p>
    </>,
    box,
  )
}
