'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Command } from './types'

const CommandPalette = lazy(() => import('./command-palette').then((m) => ({ default: m.CommandPalette })))
const Suggestions = lazy(() => import('./suggestions').then((m) => ({ default: m.Suggestions })))
const ShortcutSheet = lazy(() => import('./shortcut-sheet').then((m) => ({ default: m.ShortcutSheet })))

type Panel = 'palette' | 'sheet'

const typing = 'input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable], dialog[open]'

/** One listener for all keys and for every button with `data-open`; the panels come only when asked for. */
export function Shortcuts({ commands, searchHref }: { commands: Command[]; searchHref?: string }) {
  const router = useRouter()
  const [panel, setPanel] = useState<Panel>()
  const [field, setField] = useState<HTMLInputElement>()
  const prefix = useRef('')

  useEffect(() => {
    // Keys on rows are a help: a list works without them.
    import('./after-paint').then(({ startAfterPaint }) => startAfterPaint()).catch(() => undefined)
  }, [])

  useEffect(() => {
    const goTo = (keys: string) => {
      const target = commands.find(({ shortcut }) => shortcut === keys)
      if (target) router.push(target.href)
      return target
    }
    const single = (key: string) => {
      const found = prefix.current && goTo(`${prefix.current} ${key}`)
      prefix.current = key
      setTimeout(() => {
        prefix.current = ''
      }, 1200)
      if (found) return true
      if (key === '?') setPanel('sheet')
      const field = (within: string) => document.querySelector<HTMLElement>(`${within} [data-search]`)
      const search = key === '/' && (field('main') ?? field('header'))
      if (search) search.focus()
      return key === '?' || search
    }
    const onKey = (event: KeyboardEvent) => {
      if (localStorage.getItem('shortcuts') === 'off' || event.altKey) return
      const inField = event.target instanceof Element && event.target.closest(typing)
      const modified = event.ctrlKey || event.metaKey
      if (modified && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setPanel('palette')
      } else if (!(modified || inField) && single(event.key)) event.preventDefault()
    }
    const onClick = ({ target }: MouseEvent) => {
      if (!(target instanceof Element)) return
      const open = target.closest('[data-open]')?.getAttribute('data-open')
      if (open === 'palette' || open === 'sheet') setPanel(open)
      // A page change keeps the shell, and with it an open menu.
      if (target.closest('a, [data-open]')) target.closest<HTMLElement>('[popover]')?.hidePopover()
    }
    const suggestIn = (target: EventTarget | null) => {
      if (target instanceof HTMLInputElement && target.matches('header [data-search]')) setField(target)
    }
    const onFocus = ({ target }: FocusEvent) => suggestIn(target)
    // Who was quicker than this script is in the field already, and no event says so any more.
    suggestIn(document.activeElement)
    document.addEventListener('focusin', onFocus)
    document.addEventListener('keydown', onKey)
    document.addEventListener('click', onClick)
    return () => {
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('click', onClick)
    }
  }, [commands, router])

  const onClose = () => setPanel(undefined)
  return (
    <Suspense>
      {panel === 'palette' && (
        <CommandPalette commands={commands} onClose={onClose} {...(searchHref && { searchHref })} />
      )}
      {field && searchHref && <Suggestions field={field} href={searchHref} />}
      {panel === 'sheet' && <ShortcutSheet commands={commands} onClose={onClose} />}
    </Suspense>
  )
}
